using System.Net;
using System.Net.Sockets;

namespace Hotline.Telephony.Tests;

/// <summary>A line to the PBX that can be cut.</summary>
public sealed class Cable(int to) : IDisposable
{
    private readonly List<TcpClient> _ends = [];
    private TcpListener _listener = new(IPAddress.Loopback, 0);

    public int Port { get; private set; }

    public void Join()
    {
        _listener = new(IPAddress.Loopback, Port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = Serve(_listener);
    }

    public void Cut()
    {
        _listener.Stop();
        lock (_ends)
        {
            foreach (var end in _ends) end.Dispose();
            _ends.Clear();
        }
    }

    public void Dispose() => Cut();

    private async Task Serve(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var (near, far) = (await listener.AcceptTcpClientAsync(), new TcpClient());
                lock (_ends) _ends.AddRange([near, far]);
                await far.ConnectAsync(IPAddress.Loopback, to);
                _ = Carry(near, far);
                _ = Carry(far, near);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }

    private static async Task Carry(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream());
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
        }
        finally
        {
            to.Dispose();
        }
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Hotline.Telephony.Ami;

namespace Hotline.Telephony.Tests;

/// <summary>Asterisk's manager interface, as far as the adapter speaks to it: it says what a test lets it say.</summary>
public sealed class FakePbx : IAsyncDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly ConcurrentDictionary<TcpClient, byte> _clients = new();
    private TcpListener? _listener;
    private Task _serving = Task.CompletedTask;

    public int Port { get; private set; }

    /// <summary>Channels that its list shows.</summary>
    public ConcurrentDictionary<string, string> Channels { get; } = new();

    /// <summary>What it was told to do, but for questions.</summary>
    public ConcurrentQueue<AmiMessage> Asked { get; } = new();

    public int Logins { get; private set; }

    /// <summary>Whether anybody is logged in.</summary>
    public bool IsHeard => !_clients.IsEmpty;

    /// <summary>Whether it answers a ping and lists.</summary>
    public bool IsMute { get; set; }

    public void Start()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _serving = Serve(_listener);
    }

    /// <summary>Cut off: nobody gets in any more.</summary>
    public void Cut()
    {
        _listener?.Stop();
        foreach (var client in _clients.Keys) client.Dispose();
        _clients.Clear();
    }

    /// <summary>Says it to all that are logged in.</summary>
    public async Task Say(string text)
    {
        foreach (var client in _clients.Keys) await Write(client, text);
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        Cut();
        await _serving;
        _ended.Dispose();
    }

    private async Task Serve(TcpListener listener)
    {
        try
        {
            while (true) _ = Talk(await listener.AcceptTcpClientAsync(_ended.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task Talk(TcpClient client)
    {
        try
        {
            await Write(client, "Asterisk Call Manager/11.0.0");
            using var reader = new StreamReader(client.GetStream());
            while (await AmiMessage.Read(reader, _ended.Token) is { } action) await Answer(client, action);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
        }
        finally
        {
            _clients.TryRemove(client, out _);
            client.Dispose();
        }
    }

    private async Task Answer(TcpClient client, AmiMessage action)
    {
        var id = $"ActionID: {action["ActionID"]}";
        switch (action["Action"])
        {
            case "Login" when action["Secret"] == "right":
                Logins++;
                await Write(client, $"Response: Success\n{id}\n");
                await Write(client, "Event: FullyBooted\nStatus: Fully Booted\n");
                _clients[client] = 0;
                break;
            case "Login":
                await Write(client, $"Response: Error\n{id}\nMessage: Authentication failed\n");
                break;
            case "Ping" or "CoreShowChannels" or "QueueStatus" when IsMute:
                break;
            case "Ping":
                await Write(client, $"Response: Success\n{id}\nPing: Pong\n");
                break;
            case "CoreShowChannels":
                await Write(client, $"Response: Success\n{id}\nEventList: start\n");
                foreach (var channel in Channels.Values) await Write(client, $"Event: CoreShowChannel\n{id}\n{channel}\n");
                await Write(client, $"Event: CoreShowChannelsComplete\n{id}\n");
                break;
            case "QueueStatus":
                await Write(client, $"Response: Success\n{id}\nEventList: start\n");
                await Write(client, $"Event: QueueMember\n{id}\nQueue: pool\nLocation: PJSIP/1001\nStatus: 1\nPaused: 0\n");
                await Write(client, $"Event: QueueStatusComplete\n{id}\n");
                break;
            default:
                Asked.Enqueue(action);
                var isKnown = !action["Interface"].EndsWith("1009", StringComparison.Ordinal);
                await Write(client, isKnown ? $"Response: Success\n{id}\n" : $"Response: Error\n{id}\nMessage: Interface not found\n");
                if (action["Action"] != "Originate") break;
                var came = action["Channel"].EndsWith('2') ? "Failure" : "Success";
                await Write(client, $"Event: OriginateResponse\n{id}\nResponse: {came}\nReason: 3\n");
                break;
        }
    }

    private static async Task Write(TcpClient client, string text) =>
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n") + "\r\n"));
}

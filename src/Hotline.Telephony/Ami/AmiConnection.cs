using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Hotline.Telephony.Ami;

/// <summary>Asterisk does not let us in, or has gone.</summary>
public sealed class AmiException(string message) : IOException(message);

/// <summary>One connection to Asterisk's manager interface.</summary>
public sealed class AmiConnection : IDisposable
{
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(10);
    private readonly TcpClient _tcp;
    private readonly StreamReader _reader;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<AmiMessage>> _asked = new();
    private long _actions;

    private AmiConnection(TcpClient tcp)
    {
        _tcp = tcp;
        _reader = new StreamReader(tcp.GetStream(), Encoding.UTF8);
    }

    /// <summary>Connects and logs in.</summary>
    /// <exception cref="AmiException">It refuses.</exception>
    /// <exception cref="SocketException">Nobody listens there.</exception>
    public static async Task<AmiConnection> Open(string host, int port, string user, string secret, CancellationToken stop)
    {
        var tcp = new TcpClient { NoDelay = true };
        try
        {
            using var soon = CancellationTokenSource.CreateLinkedTokenSource(stop);
            soon.CancelAfter(AnswersWithin);
            await tcp.ConnectAsync(host, port, soon.Token);
            var connection = new AmiConnection(tcp);
            await connection.Write("Login", [("Username", user), ("Secret", secret), ("ActionID", "login")], soon.Token);
            while (await AmiMessage.Read(connection._reader, soon.Token) is { } message)
            {
                if (!message.IsResponse) continue;
                return message["Response"] == "Success" ? connection : throw new AmiException($"Asterisk refuses: {message["Message"]}");
            }
            throw new AmiException("Asterisk closed the connection before it answered");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            tcp.Dispose();
            throw new AmiException("Asterisk does not answer");
        }
        catch
        {
            tcp.Dispose();
            throw;
        }
    }

    /// <summary>All that it says, in order, but for answers that somebody waits for; ends with the connection.</summary>
    /// <exception cref="IOException">The connection broke.</exception>
    public async IAsyncEnumerable<AmiMessage> Listen([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        try
        {
            while (await AmiMessage.Read(_reader, stop) is { } message)
            {
                // what comes of a dialling is told by an event later; its first answer is only that it was taken
                if ((message.IsResponse || message.Event == "OriginateResponse")
                    && _asked.TryRemove(message["ActionID"] + (message.IsResponse ? "" : "!"), out var asked)) asked.TrySetResult(message);
                else yield return message;
            }
        }
        finally
        {
            foreach (var (id, _) in _asked)
            {
                if (_asked.TryRemove(id, out var asked)) asked.TrySetException(new AmiException("Asterisk has gone"));
            }
        }
    }

    /// <summary>Tells it to do something, and waits for the answer.</summary>
    /// <exception cref="AmiException">No answer.</exception>
    public Task<AmiMessage> Ask(string action, CancellationToken stop, params (string Name, string Value)[] fields) =>
        Ask(action, "", AnswersWithin, fields, stop);

    /// <summary>Tells it to dial, and waits for what comes of it.</summary>
    /// <param name="within">How long the phone may ring.</param>
    public Task<AmiMessage> Originate(TimeSpan within, CancellationToken stop, params (string Name, string Value)[] fields) =>
        Ask("Originate", "!", within + AnswersWithin, [.. fields, ("Async", "true"),
            ("Timeout", within.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture))], stop);

    private async Task<AmiMessage> Ask(
        string action, string mark, TimeSpan within, (string Name, string Value)[] fields, CancellationToken stop)
    {
        var id = Interlocked.Increment(ref _actions).ToString(CultureInfo.InvariantCulture);
        var answer = _asked[id + mark] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        // a dialling that is refused at once has no second answer
        var taken = mark.Length == 0 ? answer : _asked[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await Write(action, [.. fields, ("ActionID", id)], stop);
            var first = await taken.Task.WaitAsync(within, stop);
            return first["Response"] != "Success" ? first : await answer.Task.WaitAsync(within, stop);
        }
        catch (TimeoutException)
        {
            throw new AmiException($"Asterisk does not answer to {action}");
        }
        finally
        {
            _asked.TryRemove(id, out _);
            _asked.TryRemove(id + mark, out _);
        }
    }

    /// <summary>Asks for a list; its parts come among what it says (<see cref="Listen"/>), with this id.</summary>
    public Task AskList(string action, string id, CancellationToken stop) => Write(action, [("ActionID", id)], stop);

    private async Task Write(string action, IEnumerable<(string Name, string Value)> fields, CancellationToken stop)
    {
        var text = new StringBuilder($"Action: {action}\r\n");
        foreach (var (name, value) in fields)
        {
            // a line end in a value would begin another field, or another action
            if (value.AsSpan().IndexOfAny('\r', '\n') >= 0) throw new ArgumentException($"{name} has a line end", nameof(fields));
            text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }
        await _writing.WaitAsync(stop);
        try
        {
            await _tcp.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text.Append("\r\n").ToString()), stop);
        }
        finally
        {
            _writing.Release();
        }
    }

    public void Dispose()
    {
        _tcp.Dispose();
        _writing.Dispose();
    }
}

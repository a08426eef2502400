using System.Security.Cryptography;
using System.Text.Json;
using System.Threading.Channels;
using Hotline.Telephony.Ami;
using Hotline.Telephony.Calls;
using Hotline.Telephony.Delivery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Hotline.Telephony;

/// <summary>The connection to the PBX: listens, keeps what it hears, looks at all channels, and comes back where it broke.</summary>
public sealed class PbxLink : BackgroundService
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(500), Longest = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan InDoubtAgain = TimeSpan.FromSeconds(2), SavedEvery = TimeSpan.FromMilliseconds(250);
    private readonly TelephonyOptions _options;
    private readonly EventBuffer _buffer;
    private readonly TelephonyMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly IDataProtector _seal;
    private readonly SemaphoreSlim _one = new(1);
    private readonly CallBook _book;
    private readonly CallTranslation _translation;
    private readonly CallSnapshot _snapshot;
    private readonly QueueLog _queueLog;
    private readonly string _bookPath;
    private readonly List<CallEvent> _unkept = [];
    private long? _logRead, _logAtSnapshot;
    private DateTimeOffset _heardAt;
    private long _savedAt;
    private TaskCompletionSource _snapshotWhole = new(), _booted = new();

    public PbxLink(IOptions<TelephonyOptions> options, EventBuffer buffer, IDataProtectionProvider protection,
        TelephonyMetrics metrics, TimeProvider clock, ILogger<PbxLink> log)
    {
        (_options, _buffer, _metrics, _clock, _log) = (options.Value, buffer, metrics, clock, log);
        _seal = protection.CreateProtector("Hotline.Telephony");
        _book = new(_options.Pbx);
        _translation = new(_book, _options.Seats);
        _snapshot = new(_book, _options.Seats);
        _queueLog = new(_book, _options.Seats, _options.Pbx);
        _bookPath = Path.Combine(_options.State, "calls");
        Restore();
    }

    /// <summary>Null while the PBX is away.</summary>
    public AmiConnection? Connection { get; private set; }

    /// <summary>Reads or changes the calls, and keeps what the platform is told of it.</summary>
    public async Task<T> With<T>(Func<CallBook, CallTranslation, DateTimeOffset, (T Result, IReadOnlyList<CallEvent> Told)> act,
        CancellationToken stop)
    {
        await _one.WaitAsync(stop);
        try
        {
            var (result, told) = act(_book, _translation, _clock.GetUtcNow());
            Keep(told);
            return result;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (wait, isAway) = (Least, false);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                using var connection = await AmiConnection.Open(
                    _options.AmiHost, _options.AmiPort, _options.AmiUser, _options.AmiSecret, stoppingToken);
                (wait, isAway) = (Least, false);
                _log.LogInformation("Connected to {Pbx}", _options.Pbx);
                await Session(connection, stoppingToken);
                _log.LogWarning("{Pbx} closed the connection", _options.Pbx);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (!isAway) _log.LogWarning("{Pbx} is away, and is tried again and again: {Reason}", _options.Pbx, e.Message);
                isAway = true;
            }
            await Task.Delay(wait, _clock, stoppingToken);
            wait = wait * 2 < Longest ? wait * 2 : Longest;
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await _one.WaitAsync(CancellationToken.None);
        Save();
        _one.Release();
    }

    private async Task Session(AmiConnection connection, CancellationToken stop)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var (watching, reading) = (Task.CompletedTask, Task.CompletedTask);
        try
        {
            await With((_, _, _) => (0, ReadQueueLog()), stop);
            _metrics.IsConnected = true;
            Connection = connection;
            _booted = new(TaskCreationOptions.RunContinuationsAsynchronously);
            watching = Watch(connection, ended.Token);
            var heard = Channel.CreateUnbounded<AmiMessage>(new() { SingleReader = true, SingleWriter = true });
            reading = Read(connection, heard.Writer, ended.Token);
            // what has come meanwhile is kept at once
            while (await heard.Reader.WaitToReadAsync(stop))
                await With((_, translation, now) => (0, Understood(heard.Reader, translation, now)), stop);
        }
        finally
        {
            Connection = null;
            _metrics.IsConnected = false;
            await ended.CancelAsync();
            await Task.WhenAll(watching, reading);
        }
    }

    private static async Task Read(AmiConnection connection, ChannelWriter<AmiMessage> heard, CancellationToken stop)
    {
        try
        {
            await foreach (var message in connection.Listen(stop)) heard.TryWrite(message);
            heard.Complete();
        }
        catch (Exception e)
        {
            heard.Complete(e);
        }
    }

    private List<CallEvent> Understood(ChannelReader<AmiMessage> heard, CallTranslation translation, DateTimeOffset now)
    {
        var told = new List<CallEvent>();
        while (told.Count < EventSender.Most && heard.TryRead(out var message))
        {
            if (message.Event == "FullyBooted") _booted.TrySetResult();
            if (message.At is { } at && at > _heardAt) _heardAt = at;
            told.AddRange(translation.Apply(message, now));
            if (_snapshot.Take(message)) told.AddRange(Compared(now));
        }
        return told;
    }

    // looks at all channels now and then; a connection on which no answer comes is closed, and Listen ends
    private async Task Watch(AmiConnection connection, CancellationToken stop)
    {
        try
        {
            // an Asterisk that has just started lets people in before it knows what a queue is
            await _booted.Task.WaitAsync(TimeSpan.FromSeconds(60), _clock, stop);
            while (true)
            {
                _snapshotWhole = new(TaskCreationOptions.RunContinuationsAsynchronously);
                var (channels, queues) = await With((_, _, _) =>
                {
                    _logAtSnapshot = LogLength();
                    return (_snapshot.Begin(), (IReadOnlyList<CallEvent>)[]);
                }, stop);
                await connection.AskList("CoreShowChannels", channels, stop);
                await connection.AskList("QueueStatus", queues, stop);
                await _snapshotWhole.Task.WaitAsync(TimeSpan.FromSeconds(20), _clock, stop);
                var due = _clock.GetUtcNow() + (_snapshot.IsInDoubt ? InDoubtAgain : _options.SnapshotEvery);
                while (due - _clock.GetUtcNow() is { Ticks: > 0 } left)
                {
                    await Task.Delay(left < TimeSpan.FromSeconds(10) ? left : TimeSpan.FromSeconds(10), _clock, stop);
                    await connection.Ask("Ping", stop);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            _log.LogWarning("{Pbx} does not answer any more: {Reason}", _options.Pbx, e.Message);
            connection.Dispose();
        }
    }

    private IReadOnlyList<CallEvent> Compared(DateTimeOffset now)
    {
        var told = _snapshot.Apply(now);
        _metrics.SnapshotTaken();
        _logRead = _logAtSnapshot; // what was written since may be of events that a cut takes away
        _savedAt = 0;
        _snapshotWhole.TrySetResult();
        return told;
    }

    private long? LogLength() => File.Exists(_options.QueueLog) ? new FileInfo(_options.QueueLog).Length : null;

    // what was written since the last snapshot; at the very first start the log is history
    private List<CallEvent> ReadQueueLog()
    {
        if (LogLength() is not { } length) return [];
        var from = _logRead ?? length;
        _logRead = length;
        using var file = new FileStream(_options.QueueLog, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Seek(from <= length ? from : 0, SeekOrigin.Begin); // shorter: it was begun anew
        using var reader = new StreamReader(file);
        var told = new List<CallEvent>();
        while (reader.ReadLine() is { } line) told.AddRange(_queueLog.Apply(line, _heardAt));
        return told;
    }

    // events first: what the book has not kept a snapshot finds again, and their ids are the same
    private void Keep(IReadOnlyList<CallEvent> told)
    {
        _unkept.AddRange(told);
        _buffer.Append(_unkept); // where the disk is full they wait for the next time
        _unkept.Clear();
        if (_book.IsChanged && _clock.GetElapsedTime(_savedAt) >= SavedEvery) Save();
    }

    private void Save()
    {
        _savedAt = _clock.GetTimestamp();
        PrivateFile.Replace(_bookPath, System.Text.Encoding.ASCII.GetBytes(
            _seal.Protect(JsonSerializer.Serialize(new Kept(_book.Read(), _logRead, _heardAt)))));
    }

    private void Restore()
    {
        try
        {
            if (PrivateFile.Read(_bookPath) is not { } text) return;
            var kept = JsonSerializer.Deserialize<Kept>(_seal.Unprotect(text))!;
            _book.Restore(kept.Book);
            (_logRead, _heardAt) = (kept.LogRead, kept.HeardAt);
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            _log.LogError(e, "The calls that were open cannot be read; a snapshot finds those that still are");
        }
    }

    private sealed record Kept(CallBook.Page Book, long? LogRead, DateTimeOffset HeardAt);
}

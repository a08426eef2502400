using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hotline.Telephony.Calls;
using Microsoft.AspNetCore.DataProtection;

namespace Hotline.Telephony.Delivery;

/// <summary>Events that the platform has not got yet, in a file: each is a sealed line, on the disk before anything else is done.
/// What was delivered is taken out; a crash may deliver the last ones again, which their ids show to be repeats.</summary>
public sealed class EventBuffer : IDisposable
{
    /// <summary>So much of what was delivered is left in the file before the rest is written anew.</summary>
    private const long Spent = 4 * 1024 * 1024;

    private static readonly JsonSerializerOptions Json = new JsonSerializerOptions(JsonSerializerDefaults.Web).Configure();
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _some = new(0, 1);
    private readonly IDataProtector _seal;
    private readonly ILogger _log;
    private readonly string _path, _positionPath, _asidePath;
    private FileStream _file;
    private long _position;

    /// <summary>Opens what an earlier process left.</summary>
    public EventBuffer(string folder, IDataProtectionProvider protection, ILogger<EventBuffer> log)
    {
        _log = log;
        _seal = protection.CreateProtector("Hotline.Telephony");
        PrivateFile.MakeFolder(folder);
        (_path, _positionPath, _asidePath) =
            (Path.Combine(folder, "events"), Path.Combine(folder, "delivered"), Path.Combine(folder, "refused"));
        _file = PrivateFile.Open(_path);
        _position = PrivateFile.Read(_positionPath) is { } text && long.TryParse(text, out var position) && position <= _file.Length
            ? position : 0;
        var whole = EndOfLastLine();
        if (whole < _file.Length) _file.SetLength(whole); // it was being written when the process died; the next snapshot tells of it again
        _position = Math.Min(_position, whole);
        Waiting = Read(int.MaxValue).Events.Count;
        if (Waiting > 0) _some.Release();
    }

    /// <summary>Not delivered yet.</summary>
    public int Waiting { get; private set; }

    /// <summary>Put aside since the process began.</summary>
    public int Refused { get; private set; }

    /// <summary>They are kept when it returns.</summary>
    /// <exception cref="IOException">The disk is full or broken.</exception>
    public void Append(IReadOnlyCollection<CallEvent> events)
    {
        if (events.Count == 0) return;
        var lines = string.Concat(events.Select(e => _seal.Protect(JsonSerializer.Serialize(e, Json)) + "\n"));
        lock (_lock)
        {
            var length = _file.Seek(0, SeekOrigin.End);
            try
            {
                _file.Write(Encoding.ASCII.GetBytes(lines));
                _file.Flush(flushToDisk: true);
            }
            catch (IOException)
            {
                _file.SetLength(length); // half a line would spoil the next one
                throw;
            }
            Waiting += events.Count;
            if (_some.CurrentCount == 0) _some.Release();
        }
    }

    /// <summary>Waits until there is something, and reads the oldest.</summary>
    /// <returns>At most so many, oldest first, and where they end.</returns>
    public async Task<(IReadOnlyList<CallEvent> Events, long End)> Next(int most, CancellationToken stop)
    {
        while (true)
        {
            lock (_lock)
            {
                if (_position < _file.Length) return Read(most);
            }
            await _some.WaitAsync(stop);
        }
    }

    /// <summary>The platform has them.</summary>
    /// <param name="end">As <see cref="Next"/> said.</param>
    /// <param name="count">How many.</param>
    public void Delivered(long end, int count)
    {
        lock (_lock)
        {
            Waiting -= count;
            if (end == _file.Length || end > Spent) Shorten(end);
            else Position(end);
        }
    }

    /// <summary>The platform will never take it: it is kept for whoever looks into it, and no longer stands in the way.</summary>
    public void PutAside(CallEvent refused, string code)
    {
        lock (_lock)
        {
            Refused++;
            using var file = PrivateFile.Open(_asidePath);
            file.Seek(0, SeekOrigin.End);
            file.Write(Encoding.UTF8.GetBytes($"{code} {_seal.Protect(JsonSerializer.Serialize(refused, Json))}\n"));
            file.Flush(flushToDisk: true);
        }
        _log.LogError("The platform refuses {Event}: {Code}", refused, code);
    }

    public void Dispose()
    {
        lock (_lock) _file.Dispose();
        _some.Dispose();
    }

    // position first: whoever dies in between delivers once more
    private void Shorten(long end)
    {
        var rest = new byte[_file.Length - end];
        _file.Seek(end, SeekOrigin.Begin);
        _file.ReadExactly(rest);
        if (_position > 0) Position(0);
        if (rest.Length == 0)
        {
            _file.SetLength(0);
            _file.Flush(flushToDisk: true);
            return;
        }
        PrivateFile.Replace(_path, rest);
        _file.Dispose();
        _file = PrivateFile.Open(_path);
    }

    private void Position(long position)
    {
        _position = position;
        PrivateFile.Replace(_positionPath, Encoding.ASCII.GetBytes($"{position}"));
    }

    private (IReadOnlyList<CallEvent> Events, long End) Read(int most)
    {
        _file.Seek(_position, SeekOrigin.Begin);
        var events = new List<CallEvent>();
        var end = _position;
        using var reader = new StreamReader(_file, Encoding.ASCII, leaveOpen: true);
        while (events.Count < most && reader.ReadLine() is { } line)
        {
            end += line.Length + 1;
            if (Open(line) is { } opened) events.Add(opened);
        }
        return (events, end);
    }

    private CallEvent? Open(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<CallEvent>(_seal.Unprotect(line), Json);
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            _log.LogError(e, "An event that waited cannot be read: were the keys in DataProtection__Path lost?");
            return null;
        }
    }

    private long EndOfLastLine()
    {
        for (var end = _file.Length; end > 0; end--)
        {
            _file.Seek(end - 1, SeekOrigin.Begin);
            if (_file.ReadByte() == '\n') return end;
        }
        return 0;
    }
}

/// <summary>Files that their owner alone can read.</summary>
public static class PrivateFile
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, Owner | UnixFileMode.UserExecute);
    }

    /// <summary>For reading and writing; made if it is not there.</summary>
    public static FileStream Open(string path) => new(path, Options(FileMode.OpenOrCreate));

    /// <summary>The whole file becomes this, or stays as it was.</summary>
    public static void Replace(string path, byte[] content)
    {
        using (var file = new FileStream(path + ".new", Options(FileMode.Create)))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>Null where there is none.</summary>
    public static string? Read(string path) => File.Exists(path) ? File.ReadAllText(path) : null;

    private static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.Read, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = Owner;
        return options;
    }
}

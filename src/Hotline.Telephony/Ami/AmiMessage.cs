namespace Hotline.Telephony.Ami;

/// <summary>What Asterisk says at once: an event, or the answer to an action. Names are those of its documentation
/// (https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events).</summary>
public sealed class AmiMessage
{
    private readonly Dictionary<string, string> _fields = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Empty where it has no such field.</summary>
    public string this[string field] => _fields.GetValueOrDefault(field, "");

    /// <summary>Name of the event; empty in an answer.</summary>
    public string Event => this["Event"];

    /// <summary>Whether it answers an action, rightly or wrongly.</summary>
    public bool IsResponse => Event.Length == 0 && this["Response"].Length > 0;

    /// <summary>When it happened at the PBX, if manager.conf has timestampevents=yes.</summary>
    public DateTimeOffset? At => decimal.TryParse(this["Timestamp"], System.Globalization.CultureInfo.InvariantCulture, out var seconds)
        ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond)) : null;

    /// <summary>Adds a line "Name: value"; what a name says a second time (ChanVariable) is added to the first.</summary>
    public void Add(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0) return; // the banner
        var (name, value) = (line[..colon], line[(colon + 1)..].Trim());
        _fields[name] = _fields.TryGetValue(name, out var before) ? $"{before}\n{value}" : value;
    }

    /// <summary>A variable of the channel, of those that manager.conf names in channelvars.</summary>
    public string? Variable(string name) => this["ChanVariable"].Split('\n')
        .FirstOrDefault(v => v.StartsWith(name + "=", StringComparison.Ordinal)) is { } found && found.Length > name.Length + 1
        ? found[(name.Length + 1)..] : null;

    /// <summary>Reads messages one after the other.</summary>
    /// <returns>Null at the end.</returns>
    public static async Task<AmiMessage?> Read(TextReader reader, CancellationToken stop)
    {
        var message = new AmiMessage();
        while (await reader.ReadLineAsync(stop) is { } line)
        {
            if (line.Length > 0) message.Add(line);
            else if (message._fields.Count > 0) return message;
        }
        return null;
    }
}

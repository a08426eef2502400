using System.Text.Json;
using Hotline.Intake.Requests;
using Hotline.Wire.Calls;
using Microsoft.Extensions.Options;

namespace Hotline.Intake.Calls;

/// <summary>An event as read, or why it was not taken.</summary>
public sealed record ReadEvent(int Index, CallEvent? Event, Text? Fault);

/// <summary>Reads what telephone systems tell. Nothing that stands in a number keeps a call from being taken.</summary>
public sealed class CallEventReader(PersonalData personal, IOptions<IntakeOptions> intake, IOptions<PhoneNumberOptions> phones)
{
    public const int MostEvents = 100;
    private const int MostOfId = 150, MostOfNumber = 120, MostOfField = 150;
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5), Old = TimeSpan.FromDays(7);

    private static readonly Text Unreadable = new("event.unreadable", "无法识别，须为 JSON 对象，字段类型见接口说明",
        "Not readable: give a JSON object with the fields that the reference names");
    private static readonly Text Id = new("event.id", "eventId 须为 1 到 150 个可见字符", "eventId must be 1 to 150 visible characters");
    private static readonly Text Time = new("event.time", "at 须为带时区的时间，不早于 7 天前，不晚于 5 分钟后",
        "at must be a time with its zone, at most 7 days old and 5 minutes ahead");
    private static readonly string Types = string.Join(", ", EnumWords.Words<CallEventType>());
    private static readonly Text Type = new("event.type", $"type 须为以下之一：{Types}", $"type must be one of: {Types}");
    private static readonly Text Pbx = new("event.pbx", "pbx 缺失、无效，或不是该凭证所属的电话系统",
        "pbx is missing, not valid, or not the telephone system whose credential this is");
    private static readonly Text Call = new("event.call", "linkedId 须为 1 到 150 个可见字符", "linkedId must be 1 to 150 visible characters");
    private static readonly Text Seat = new("event.seat", "该事件须填写 seat（分机号，1 到 20 个字母、数字、点或横线）",
        "This event needs seat, an extension of 1 to 20 letters, digits, dots and dashes");
    private static readonly Text Direction = new("event.direction", "direction 须为 in 或 out", "direction must be in or out");
    private static readonly Text Field = new("event.field", $"callId、queue、cause、recording 最多 {MostOfField} 个字符，position 须为 1 到 10000",
        $"callId, queue, cause and recording have at most {MostOfField} characters, position is 1 to 10000");

    /// <summary>Reads one event of a body.</summary>
    /// <param name="own">The telephone system whose credential was used; null = of any.</param>
    public ReadEvent Read(int index, JsonElement body, JsonSerializerOptions json, string? own, DateTimeOffset now)
    {
        try
        {
            return body.ValueKind is JsonValueKind.Object && body.Deserialize<CallEventInput>(json) is { } input
                ? Check(index, input, own, now) : new(index, null, Unreadable);
        }
        catch (JsonException)
        {
            return new(index, null, Unreadable);
        }
    }

    /// <summary>Checks an event, and seals its numbers.</summary>
    public ReadEvent Check(int index, CallEventInput input, string? own, DateTimeOffset now)
    {
        var pbx = Blank(input.Pbx) ? own : input.Pbx;
        var fault = FaultOf(input, pbx, own, now, out var at, out var type);
        return fault is not null ? new(index, null, fault) : new(index, new(pbx!, input.EventId!, input.LinkedId ?? "", Given(input.CallId),
            type, at, EnumWords.FromWire<CallDirection>(Given(input.Direction)), Sealed(input), Given(input.Queue), Given(input.Seat),
            input.Position, Given(input.Cause), Given(input.Recording)), null);
    }

    private static Text? FaultOf(
        CallEventInput input, string? pbx, string? own, DateTimeOffset now, out DateTimeOffset at, out CallEventType type)
    {
        at = LocalTime.ReadTime(input.At) ?? default;
        type = EnumWords.FromWire<CallEventType>(input.Type) ?? default;
        if (!IsId(input.EventId)) return Id;
        if (!IsName(pbx, 50) || own is not null && pbx != own) return Pbx;
        if (at == default || at > now + Ahead || at < now - Old) return Time;
        if (EnumWords.FromWire<CallEventType>(input.Type) is null) return Type;
        if (type is not CallEventType.SeatState && !IsId(input.LinkedId)) return Call;
        if (!Blank(input.Direction) && EnumWords.FromWire<CallDirection>(input.Direction) is null) return Direction;
        if (Blank(input.Seat) ? NeedsSeat(type) : !IsName(input.Seat, 20)) return Seat;
        return IsShort(input.CallId, MostOfField) && IsShort(input.Queue, MostOfField) && IsShort(input.Cause, MostOfField)
            && IsShort(input.Recording, MostOfField) && input.Position is null or (>= 1 and <= 10_000) ? null : Field;
    }

    /// <summary>The citizen's end in normal form, or as it came; null = not told.</summary>
    public string? Citizens(string? numbers, CallDirection direction)
    {
        if (Open(numbers)?.Citizens(direction) is not { } told) return null;
        return PhoneNumber.Normalize(told, phones.Value.PhoneAreaCode) ?? told;
    }

    /// <summary>The hotline's number among those that are ours, or as it came.</summary>
    public string? Ours(string? numbers, CallDirection direction)
    {
        if (Open(numbers)?.Ours(direction) is not { } told) return null;
        var digits = string.Concat(told.Split('@')[0].Where(char.IsAsciiDigit));
        return intake.Value.DialledNumbers.FirstOrDefault(known => digits == known || digits == phones.Value.PhoneAreaCode + known
            || digits == $"86{phones.Value.PhoneAreaCode[1..]}{known}") ?? (direction is CallDirection.In ? told : null);
    }

    private CallNumbers? Open(string? numbers) => numbers is null ? null
        : JsonSerializer.Deserialize<CallNumbers>(personal.OpenAnswer(numbers), JsonSerializerOptions.Web);

    /// <summary>For keeping.</summary>
    public string Seal(CallNumbers numbers) => personal.SealAnswer(JsonSerializer.Serialize(numbers, JsonSerializerOptions.Web));

    private string? Sealed(CallEventInput input) =>
        new CallNumbers(Cut(input.From), Cut(input.To)) is { } numbers and not { From: null, To: null } ? Seal(numbers) : null;

    // what is no number is kept all the same, as far as anybody could read it
    private static string? Cut(string? number)
    {
        if (Blank(number)) return null;
        var visible = string.Concat(number!.Where(c => !char.IsControl(c) && !char.IsSurrogate(c))).Trim();
        return visible.Length == 0 ? null : visible.Length <= MostOfNumber ? visible : visible[..MostOfNumber];
    }

    private static bool NeedsSeat(CallEventType type) => type is CallEventType.Offered or CallEventType.Answered or CallEventType.SeatState;

    private static bool IsId(string? text) =>
        text is { Length: >= 1 and <= MostOfId } && text.All(c => !char.IsControl(c) && !char.IsWhiteSpace(c) && !char.IsSurrogate(c));

    /// <summary>Whether it can name an extension or a telephone system.</summary>
    public static bool IsName(string? text, int most) =>
        text is { Length: >= 1 } && text.Length <= most && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');

    private static bool IsShort(string? text, int most) =>
        text is null || text.Length <= most && text.All(c => !char.IsControl(c) && !char.IsSurrogate(c));

    private static string? Given(string? text) => Blank(text) ? null : text;

    private static bool Blank(string? text) => string.IsNullOrWhiteSpace(text);
}

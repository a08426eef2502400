using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Hotline.Wire.Operations;
using RabbitMQ.Client;

namespace Hotline.Messaging;

/// <summary>What may be shown of a message that a consumer could not take.</summary>
public static partial class FailedMessages
{
    private const string Masked = "***";

    /// <param name="words">Names of the fields that hold a citizen's words (<see cref="EventTypes.Words"/>).</param>
    public static FailedMessage Read(BasicGetResult taken, IReadOnlyCollection<string> words)
    {
        var headers = taken.BasicProperties;
        var envelope = Envelope(taken.Body);
        var message = envelope?["message"] as JsonObject;
        return new(IdOf(taken), TypeOf(envelope), Header(headers, "MT-Fault-ExceptionType"),
            Mask(Header(headers, "MT-Fault-Message"), message, words),
            DateTimeOffset.TryParse(Header(headers, "MT-Fault-Timestamp"), CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal, out var at) ? at : null,
            Guid.TryParse(message?["requestId"]?.ToString(), out var request) ? request : null, TraceOf(headers, envelope));
    }

    /// <summary>The event's id, by which the inbox knows it; null where it is no event of ours.</summary>
    public static Guid? IdOf(BasicGetResult taken) => Guid.TryParse(Envelope(taken.Body)?["messageId"]?.ToString(), out var id) ? id : null;

    // what was thrown may quote what it could not take
    private static string? Mask(string? fault, JsonObject? message, IReadOnlyCollection<string> words)
    {
        if (fault is null) return null;
        var said = words.Select(w => message?[w]?.ToString()).OfType<string>().Where(s => s.Trim().Length > 0)
            .OrderByDescending(s => s.Length);
        return LongNumber().Replace(said.Aggregate(fault, (text, word) => text.Replace(word, Masked, StringComparison.Ordinal)), Masked);
    }

    private static JsonObject? Envelope(ReadOnlyMemory<byte> body)
    {
        try { return JsonNode.Parse(body.Span) as JsonObject; }
        catch (JsonException) { return null; }
    }

    // urn:message:Hotline.Contracts.Dispatch:OrderOffered
    private static string TypeOf(JsonObject? envelope) =>
        (envelope?["messageType"] as JsonArray)?.FirstOrDefault()?.ToString().Split(':')[^1] ?? "";

    private static string? TraceOf(IReadOnlyBasicProperties headers, JsonObject? envelope)
    {
        var activity = Header(headers, "MT-Activity-Id") ?? (envelope?["headers"] as JsonObject)?["MT-Activity-Id"]?.ToString();
        return ActivityContext.TryParse(activity, null, out var context) ? context.TraceId.ToHexString() : null;
    }

    private static string? Header(IReadOnlyBasicProperties headers, string name) =>
        headers.Headers?.TryGetValue(name, out var value) != true ? null
            : value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : value?.ToString();

    [GeneratedRegex(@"\d{7,}")]
    private static partial Regex LongNumber();
}

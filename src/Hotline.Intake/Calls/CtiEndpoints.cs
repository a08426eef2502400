using System.Text.Json;
using Hotline.Wire.Calls;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Hotline.Intake.Calls;

/// <summary>The form in which Zammad's generic CTI interface and sipgate.io are told of calls, so that a telephone system that knows either
/// works unchanged. It has no event ids and no times: the key is call and event, the time that of arrival.
/// https://admin-docs.zammad.org/en/latest/channels/cti/generic.html</summary>
public static class CtiEndpoints
{
    private const string UsualName = "cti";
    private static readonly Text Event = new("event.type", "event 须为 newCall、answer 或 hangup", "event must be newCall, answer or hangup");
    private static readonly Text Form = new("event.unreadable", "须为表单或 JSON 对象", "Send a form or a JSON object");

    /// <summary>The gateway takes it at /api/calls/cti/{token} and turns the token into one of ours: it stays with the gateway.</summary>
    public static void MapCti(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/api/calls/cti").WithTags("Calls").RequireAuthorization(Policies.Telephony).CommitsRepeats()
            .MapPost("/", Take).WithName("tellCtiEvent").Accepts<CtiInput>("application/json", "application/x-www-form-urlencoded")
            .WithSummary("A call in the form of Zammad and sipgate.io; a telephone system posts it to /api/calls/cti/{token}, with the "
                + "token that came with its credential. A caller who is blocked is answered {\"action\":\"reject\"}");

    private static async Task<Results<Ok<CtiView>, ProblemHttpResult>> Take(
        HttpRequest request, Caller caller, CallEventReader reader, CallIngest ingest, CallStore calls, IOptions<JsonOptions> json,
        TimeProvider clock, CancellationToken stop)
    {
        if (await Read(request, json.Value.SerializerOptions, stop) is not { } input) return Problems.InvalidInput(Fault("", Form));
        var (now, pbx) = (clock.GetUtcNow(), caller.Pbx ?? UsualName);
        if (TypeOf(input) is not { } type) return Problems.InvalidInput(Fault("event", Event));
        var linked = input.CallId is null ? null : await calls.LinkedIdOf(pbx, input.OrigCallId ?? input.CallId, stop);
        var read = reader.Check(0, new($"{input.CallId}:{input.Event}:{input.Cause}", now.ToString("O"), pbx, linked, input.CallId,
            type.ToWire(), input.Direction, input.From, input.To, input.Queue, type is CallEventType.Answered ? SeatOf(input) : null, null,
            input.Cause, null), caller.Pbx, now);
        if (read.Event is not { } told) return Problems.InvalidInput(Fault("callId", read.Fault!));
        var taken = await ingest.Take(pbx, [told], stop);
        return TypedResults.Ok(new CtiView(taken.Rejects.Count > 0 ? "reject" : null));
    }

    // who is sent on leaves a leg, not the call; a mailbox that picks up is no person
    private static CallEventType? TypeOf(CtiInput input) => (input.Event, input.Cause) switch
    {
        ("newCall", _) => CallEventType.Rang,
        ("answer", _) => Users(input).Contains("voicemail", StringComparer.OrdinalIgnoreCase) ? CallEventType.Transferred
            : CallEventType.Answered,
        ("hangup", "forwarded") => CallEventType.Transferred,
        ("hangup", _) => CallEventType.Ended,
        _ => null,
    };

    private static string SeatOf(CtiInput input)
    {
        var told = new[] { input.AnsweringNumber }.Concat(Users(input)).FirstOrDefault(s => !string.IsNullOrWhiteSpace(s)) ?? "";
        var name = string.Concat(told.Where(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'));
        return name.Length == 0 ? "unknown" : name.Length <= 20 ? name : name[^20..];
    }

    private static IEnumerable<string> Users(CtiInput input) => input.User ?? [];

    private static async Task<CtiInput?> Read(HttpRequest request, JsonSerializerOptions json, CancellationToken stop)
    {
        if (!request.HasFormContentType)
        {
            try { return request.HasJsonContentType() ? await request.ReadFromJsonAsync<CtiInput>(json, stop) : null; }
            catch (JsonException) { return null; }
        }
        IFormCollection form;
        try { form = await request.ReadFormAsync(stop); }
        catch (InvalidDataException) { return null; }
        string? One(string name) => form.TryGetValue(name, out var value) ? value.ToString() : null;
        return new(One("event"), One("from"), One("to"), One("direction"), One("callId"), One("origCallId"),
            [.. form["user[]"].Concat(form["user"]).OfType<string>()], One("queue"), One("answeringNumber"), One("cause"));
    }

    private static Dictionary<string, string[]> Fault(string field, Text text) => new() { [field] = [text.Say()] };
}

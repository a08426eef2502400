using System.Text.Json.Nodes;
using Hotline.ServiceDefaults;

namespace Hotline.Services.Tests.Calls;

/// <summary>A telephone system, as it tells of its calls.</summary>
public sealed class Pbx(IntakeApi api, string name = "pbx-1")
{
    public const string Path = "/api/calls/events";
    private int _told;

    public Client Client { get; } = api.With(Tokens.For(Roles.Cti, more: ("pbx", name)));

    public object Event(string call, string type, double ago = 0, string? from = null, string to = "81890", string? seat = null,
        string? cause = null, string? id = null, string direction = "in") => new
        {
            eventId = id ?? $"{call}-{Interlocked.Increment(ref _told)}",
            at = DateTimeOffset.UtcNow.AddSeconds(-ago).ToString("O"),
            pbx = name,
            linkedId = call,
            callId = call,
            type,
            direction,
            from = from ?? (type is "rang" ? "14500000001" : null),
            to,
            queue = type == "queued" ? "pool" : null,
            seat,
            cause,
        };

    public async Task<Answer> Tells(params object[] events)
    {
        var answer = await Client.Post(Path, events);
        answer.Code.ShouldBe(200, answer.ToString());
        return answer;
    }

    /// <summary>A call from a number that a seat answered after some seconds, or nobody; told in full, ended a moment ago.</summary>
    public Task<Answer> Played(string call, string from, string? seat, double wait = 5, double talk = 60, string to = "81890",
        double ago = 0) => Tells(seat is null
            ? [Event(call, "rang", ago + wait, from, to), Event(call, "queued", ago + wait, to: to), Event(call, "ended", ago, to: to)]
            : [Event(call, "rang", ago + wait + talk, from, to), Event(call, "queued", ago + wait + talk, to: to),
                Event(call, "offered", ago + talk + 1, seat: seat, to: to), Event(call, "answered", ago + talk, seat: seat, to: to),
                Event(call, "ended", ago, to: to)]);

    public async Task<JsonNode> Call(string number)
    {
        var found = await api.Operator.Get($"/api/calls?phone={Uri.EscapeDataString(number)}");
        return found.Items.ShouldHaveSingleItem();
    }
}

using Hotline.Wire.Calls;
using Microsoft.Extensions.Options;

namespace Hotline.Intake.Calls;

/// <summary>How calls are shown: the caller's number masked in lists, in full to whoever opens one, which is noted.</summary>
public sealed class CallViews(CallStore calls, CallEventReader reader, IOptions<PhoneNumberOptions> phones, Work work, TimeProvider clock)
{
    /// <summary>As in lists.</summary>
    public async Task<Func<Call, CallView>> Masked(IReadOnlyList<Call> shown, CancellationToken stop)
    {
        var (legs, requests) = (await calls.Legs(shown, stop), await calls.Requests(shown, stop));
        return call => View(call, legs[call.Id], requests[call.Id], Mask(call.Numbers, call.Direction));
    }

    /// <summary>One call, to whoever may see who called.</summary>
    public async Task<CallView> Full(Call call, Caller caller, CancellationToken stop)
    {
        work.SawCall(caller, call.Id, clock.GetUtcNow());
        var (legs, requests) = (await calls.Legs([call], stop), await calls.Requests([call], stop));
        return View(call, legs[call.Id], requests[call.Id], Number(call.Numbers, call.Direction));
    }

    /// <summary>The citizen's number in full: for whom that is noted.</summary>
    public string? Number(string? numbers, CallDirection direction) => reader.Citizens(numbers, direction);

    public string? Mask(string? numbers, CallDirection direction) => Number(numbers, direction) is not { } number ? null
        : PhoneNumber.Normalize(number, phones.Value.PhoneAreaCode) is { } normal ? PhoneNumber.Mask(normal) : "****";

    private static CallView View(Call c, IEnumerable<KeptLeg> legs, IEnumerable<Guid> requests, string? number) => new(
        c.Id, c.Direction, number, c.DialledNumber, c.State, c.Queue, c.RangAt, c.QueuedAt, c.AnsweredAt, c.EndedAt, c.Seat, c.Operator,
        c.WaitSeconds, c.TalkSeconds, c.Outcome, [.. requests], c.Recording is not null, c.Kind, c.Note, c.DisposedBy, c.DisposedAt,
        [.. legs.Select(l => new CallLegView(l.Seat, l.Operator, l.OfferedAt, l.AnsweredAt, l.EndedAt, l.AnsweredAt is not null))],
        c.Version);
}

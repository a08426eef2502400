using FluentValidation;
using Hotline.Contracts.Intake;
using Hotline.Intake.Calls.Missed;
using Hotline.Intake.Requests;
using Hotline.Intake.Seats;
using Hotline.Wire.Calls;
using Microsoft.Extensions.Options;

namespace Hotline.Intake.Calls.Commands;

/// <summary>What people ask of the telephone system: asked is 202, what it cannot do 409.</summary>
public static class DialEndpoints
{
    private static readonly Text Cannot = new("pbx.cannot", "电话系统未连接，或不支持此操作", "No telephone system is connected that can do this");
    private static readonly Text NotYours = new("call.not-yours", "这是他人的通话", "This is another's call");
    private static readonly Text NotTalking = new("seat.not-talking", "该座席现在没有通话", "Nobody speaks at that seat now");
    private static readonly Text Erased = new("request.erased", "该工单的个人信息已按期删除", "The citizen of this request is forgotten");

    public static void MapDialling(this IEndpointRouteBuilder routes)
    {
        var calls = routes.MapGroup("/api/calls").WithTags("Calls").RequireAuthorization(Policies.Desk).CommitsRepeats();
        calls.MapPost("/dial", Dial).WithName("dial").WithSummary("Ring my telephone, then the other side; the number need not be shown")
            .Refuses("pbx.cannot", "seat.none", "seat.in-call", "missed.claimed", "missed.over", "request.erased").Validates<DialInput>();
        foreach (var kind in (string[])["hangup", "hold", "resume"])
        {
            calls.MapPost($"/{{id:guid}}/{kind}", (Guid id, Caller caller, CallStore store, CommandStore commands, TimeProvider clock,
                    CancellationToken stop) => Ask(kind, id, caller, store, commands, clock, stop))
                .WithName($"{kind}Call").WithSummary($"Ask the telephone system to {kind} the call")
                .Refuses("pbx.cannot", "call.ended", "call.not-yours");
        }
        var seats = routes.MapGroup("/api/seats").WithTags("Seats").RequireAuthorization(Policies.Supervision).CommitsRepeats();
        foreach (var kind in (string[])["listen", "whisper", "join"])
        {
            seats.MapPost($"/{{id}}/{kind}", (string id, Caller caller, SeatStore store, CommandStore commands, Work work,
                    TimeProvider clock, CancellationToken stop) => Hear(kind, id, caller, store, commands, work, clock, stop))
                .WithName($"{kind}AtSeat").WithSummary($"Ask the telephone system to let me {kind} at a seat's call; noted")
                .Refuses("pbx.cannot", "seat.none", "seat.not-talking");
        }
    }

    private static async Task<Results<Accepted<DialView>, ProblemHttpResult>> Dial(
        DialInput input, Caller caller, SeatStore seats, CommandStore commands, CallStore calls, CallIngest ingest, MissedStore missed,
        RequestStore requests, PersonalData personal, CallEventReader reader, IOptions<IntakeOptions> intake,
        IOptions<PhoneNumberOptions> phones, Work work, TimeProvider clock, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        if (await seats.Find(caller.Id, stop) is not { Extension: { } extension } seat) return Seat.NobodySits.ToProblem();
        if (seat.RefusesCall is { } busy) return busy.ToProblem();
        if (await Able("dial", null, commands, stop) is not { } pbx) return new Refusal(Cannot).ToProblem();
        string? number;
        if (input.MissedId is { } owed)
        {
            if (await missed.Find(owed, stop) is not { } found) return Refusal.Unknown("missedId").ToProblem();
            var claimed = found.Claim(caller.Id, caller.Name, now);
            if (claimed.Refusal is { } refusal) return refusal.ToProblem();
            missed.Save(claimed, found.Version);
            number = reader.Citizens(found.Numbers, CallDirection.In);
        }
        else if (input.Phone is not null) number = PhoneNumber.Normalize(input.Phone, phones.Value.PhoneAreaCode);
        else
        {
            var found = input.RequestId is { } id ? await requests.Find(id, stop) : await requests.OfOrder(input.OrderId!.Value, stop);
            if (found is null) return Refusal.Unknown(input.RequestId is null ? "orderId" : "requestId").ToProblem();
            number = found.IsErased ? null : personal.Open(found.Citizen).Phone;
        }
        if (number is null or PhoneNumber.Withheld) return new Refusal(Erased).ToProblem();
        var linkedId = $"hotline-{Guid.CreateVersion7(now):N}";
        var numbers = reader.Seal(new(intake.Value.DialledNumbers[0], number));
        CallEvent Began(CallEventType type, string? at) => new(pbx, $"{linkedId}-{type.ToWire()}", linkedId, null, type, now,
            CallDirection.Out, numbers, null, at, null, null, null);
        var call = (await ingest.Take(pbx, [Began(CallEventType.Rang, null), Began(CallEventType.Offered, extension)], stop)).Calls[0].Id;
        if (input.RequestId is { } request) calls.Link(call, request, caller.Name, now);
        commands.Ask(new()
        {
            Id = Guid.CreateVersion7(now),
            Pbx = pbx,
            Kind = "dial",
            At = now,
            LinkedId = linkedId,
            Seat = extension,
            Numbers = numbers,
            AskedBy = caller.Name,
        });
        work.Tell(new CallsChanged(now));
        return TypedResults.Accepted($"/api/calls/{call}", new DialView(call));
    }

    private static async Task<Results<Accepted, ProblemHttpResult>> Ask(
        string kind, Guid id, Caller caller, CallStore calls, CommandStore commands, TimeProvider clock, CancellationToken stop)
    {
        if (await calls.Find(id, stop) is not { } call) return Problems.NotFound();
        if (call.RefusesAsEnded is { } ended) return ended.ToProblem();
        if (caller.Role != Roles.Supervisor && call.OperatorId != caller.Id) return new Refusal(NotYours).ToProblem();
        if (await Able(kind, call.Pbx, commands, stop) is null) return new Refusal(Cannot).ToProblem();
        var now = clock.GetUtcNow();
        commands.Ask(new()
        {
            Id = Guid.CreateVersion7(now),
            Pbx = call.Pbx,
            Kind = kind,
            At = now,
            LinkedId = call.LinkedId,
            Seat = call.Seat,
            AskedBy = caller.Name,
        });
        return TypedResults.Accepted((string?)null);
    }

    private static async Task<Results<Accepted, ProblemHttpResult>> Hear(
        string kind, string id, Caller caller, SeatStore seats, CommandStore commands, Work work, TimeProvider clock,
        CancellationToken stop)
    {
        if (await seats.Find(id, stop) is not { } target) return Problems.NotFound();
        if (await seats.Find(caller.Id, stop) is not { Extension: { } extension }) return Seat.NobodySits.ToProblem();
        if (target is not { Talks: true, CallId: { } call })
            return new Refusal(NotTalking, CurrentStatus: target.State.ToWire()).ToProblem();
        if (await Able(kind, null, commands, stop) is not { } pbx) return new Refusal(Cannot).ToProblem();
        var now = clock.GetUtcNow();
        work.SawCall(caller, call, now, "listen");
        commands.Ask(new()
        {
            Id = Guid.CreateVersion7(now),
            Pbx = pbx,
            Kind = kind,
            At = now,
            Seat = extension,
            Target = target.Extension,
            AskedBy = caller.Name,
        });
        return TypedResults.Accepted((string?)null);
    }

    // of several, the first that can; a call is where it is
    private static async Task<string?> Able(string kind, string? pbx, CommandStore commands, CancellationToken stop) =>
        (await commands.Connected(stop)).FirstOrDefault(c => (pbx is null || c.Pbx == pbx) && c.Can.Contains(kind))?.Pbx;
}

internal sealed class DialInputRules : AbstractValidator<DialInput>
{
    private static readonly Text One = new("dial.one-of", "phone、requestId、orderId、missedId 须填写其中一项",
        "Give one of phone, requestId, orderId and missedId");

    public DialInputRules(IOptions<PhoneNumberOptions> phones)
    {
        RuleFor(d => d.Phone).Must((d, _) => ((object?[])[d.Phone, d.RequestId, d.OrderId, d.MissedId]).Count(v => v is not null) == 1)
            .Says(One);
        RuleFor(d => d.Phone).Must(p => PhoneNumber.Normalize(p, phones.Value.PhoneAreaCode) is { } normal
            && normal != PhoneNumber.Withheld)
            .Says(PhoneNumber.Invalid).When(d => d.Phone is not null);
    }
}

using FluentValidation;
using Hotline.Contracts.Intake;
using Hotline.Intake.Calls;
using Hotline.Wire.Calls;
using Microsoft.Extensions.Options;

namespace Hotline.Intake.Seats;

public static class SeatEndpoints
{
    private static readonly Text Taken = new("seat.extension-taken", "该分机已有人签入，请换一个分机，或请班长先将其签出",
        "Somebody sits at this extension: take another, or ask a supervisor to sign that seat out");

    public static void MapSeats(this IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup("/api/seats/me").WithTags("Seats").RequireAuthorization(Policies.Desk).Commits();
        own.MapGet("/", Mine).WithName("getOwnSeat").WithSummary("My seat, and the call that rings or is spoken there");
        own.MapPut("/", SignIn).WithName("takeSeat").WithSummary("Sit down at an extension; it belongs to one person at a time")
            .RefusesOn("seats_extension", new(Taken)).Refuses("seat.in-call").Validates<SeatInput>().ShownAt("/api/seats/me");
        own.MapPost("/state", Choose).WithName("setOwnSeatState")
            .WithSummary("Take calls (ready), take none (busy, with a reason), or go on writing down (wrapUp)")
            .Refuses("seat.none", "seat.state").Validates<SeatStateInput>().ShownAt("/api/seats/me");
        own.MapDelete("/", SignOut).WithName("leaveSeat").WithSummary("Get up; a call that is spoken goes on at the telephone");

        var all = routes.MapGroup("/api/seats").WithTags("Seats").RequireAuthorization(Policies.Supervision).Commits();
        all.MapGet("/", List).WithName("listSeats").WithSummary("Seats at which somebody sits, by extension");
        all.MapGet("/{id}", Get).WithName("getSeat").WithSummary("A person's seat");
        all.MapPost("/{id}/state", Force).WithName("setSeatState").WithSummary("Set another's seat to ready, busy or offline; noted")
            .Refuses("seat.none", "seat.state").Validates<SeatStateInput>();
    }

    private static async Task<Ok<SeatView>> Mine(Caller caller, SeatStore seats, TimeProvider clock, CancellationToken stop) =>
        TypedResults.Ok(View(await seats.Find(caller.Id, stop) ?? Seat.Of(caller, clock.GetUtcNow())));

    private static async Task<Results<Ok<SeatView>, ProblemHttpResult>> SignIn(
        SeatInput input, Caller caller, SeatStore seats, Work work, TimeProvider clock, CancellationToken stop)
    {
        var (now, extension) = (clock.GetUtcNow(), input.Extension!.Trim());
        var seat = await seats.Find(caller.Id, stop) ?? Seat.Of(caller, now);
        var decision = seat.SignIn(extension, caller.Name, now);
        if (decision.Refusal is { } refusal) return refusal.ToProblem();
        Save(seats, work, seat, decision.State, now);
        return TypedResults.Ok(View(decision.State));
    }

    private static async Task<Results<Ok<SeatView>, ProblemHttpResult>> Choose(
        SeatStateInput input, IfMatch ifMatch, Caller caller, SeatStore seats, Work work, IOptions<CallOptions> options,
        TimeProvider clock, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var seat = await seats.Find(caller.Id, stop) ?? Seat.Of(caller, now);
        if (ifMatch.Refuses(seat.Version) is { } stale) return stale.ToProblem();
        var decision = seat.Choose(StateOf(input), input.Reason?.Trim(), options.Value.WrapUp, now);
        if (decision.Refusal is { } refusal) return refusal.ToProblem();
        Save(seats, work, seat, decision.State, now);
        return TypedResults.Ok(View(decision.State));
    }

    private static async Task<NoContent> SignOut(
        Caller caller, SeatStore seats, Work work, TimeProvider clock, CancellationToken stop)
    {
        if (await seats.Find(caller.Id, stop) is { } seat) Save(seats, work, seat, seat.SignOut(), clock.GetUtcNow());
        return TypedResults.NoContent();
    }

    private static async Task<Ok<Page<SeatView>>> List(SeatStore seats, CancellationToken stop) =>
        TypedResults.Ok(new Page<SeatView>([.. (await seats.Taken(stop)).Select(View)], null));

    private static async Task<Results<Ok<SeatView>, ProblemHttpResult>> Get(string id, SeatStore seats, CancellationToken stop) =>
        await seats.Find(id, stop) is { } seat ? TypedResults.Ok(View(seat)) : Problems.NotFound();

    private static async Task<Results<Ok<SeatView>, ProblemHttpResult>> Force(
        string id, SeatStateInput input, IfMatch ifMatch, Caller caller, SeatStore seats, Work work, IOptions<CallOptions> options,
        TimeProvider clock, CancellationToken stop)
    {
        if (await seats.Find(id, stop) is not { } seat) return Problems.NotFound();
        if (ifMatch.Refuses(seat.Version) is { } stale) return stale.ToProblem();
        var (now, state) = (clock.GetUtcNow(), StateOf(input));
        var decision = state is SeatState.Offline ? Decision.Accept(seat.SignOut())
            : state is SeatState.WrapUp ? seat.NotForOthers
            : seat.Choose(state, input.Reason?.Trim(), options.Value.WrapUp, now);
        if (decision.Refusal is { } refusal) return refusal.ToProblem();
        Save(seats, work, seat, decision.State, now, caller.Name);
        return TypedResults.Ok(View(decision.State));
    }

    private static void Save(SeatStore seats, Work work, Seat before, Seat after, DateTimeOffset now, string? by = null)
    {
        seats.Save(before, after, now, by);
        work.Tell(new CallsChanged(now));
    }

    private static SeatState StateOf(SeatStateInput input) => EnumWords.FromWire<SeatState>(input.State)!.Value;

    private static SeatView View(Seat s) => new(
        s.Person, s.Name, s.Extension, s.State, s.State is SeatState.Busy ? s.Reason : null, s.Since, s.CallId, s.WrapUpUntil, s.Reachable,
        s.Version);
}

internal sealed class SeatInputRules : AbstractValidator<SeatInput>
{
    private static readonly Text Extension = new("seat.extension", "请填写分机号：1 到 20 个字母、数字、点或横线",
        "Give the extension: 1 to 20 letters, digits, dots and dashes");

    public SeatInputRules() => RuleFor(s => s.Extension).Must(e => CallEventReader.IsName(e?.Trim(), 20)).Says(Extension);
}

internal sealed class SeatStateInputRules : AbstractValidator<SeatStateInput>
{
    private static readonly Text State = new("seat.state-unknown", $"状态须为以下之一：{string.Join(", ", EnumWords.Words<SeatState>())}",
        $"The state must be one of: {string.Join(", ", EnumWords.Words<SeatState>())}");

    public SeatStateInputRules()
    {
        RuleFor(s => s.State).Must(s => EnumWords.FromWire<SeatState>(s) is not null).Says(State);
        RuleFor(s => s.Reason).Line(100).When(s => s.State == SeatState.Busy.ToWire());
        RuleFor(s => s.Reason).OptionalLine(100).When(s => s.State != SeatState.Busy.ToWire());
    }
}

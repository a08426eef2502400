using FluentValidation;
using Hotline.Contracts.Intake;
using Hotline.Wire.Calls;

namespace Hotline.Intake.Calls.Missed;

public static class MissedEndpoints
{
    public static void MapMissedCalls(this IEndpointRouteBuilder routes)
    {
        var missed = routes.MapGroup("/api/calls/missed").WithTags("Calls").RequireAuthorization(Policies.Desk).Commits();
        missed.MapGet("/", List).WithName("listMissedCalls")
            .WithSummary("Callers whom we owe a call, oldest first: one of a caller and day; who got through meanwhile is answered");
        missed.MapGet("/export", List).Exports("exportMissedCalls", MissedFile.Columns);
        missed.MapGet("/{id:guid}", Get).WithName("getMissedCall").WithSummary("A caller whom we owe a call, masked");
        missed.MapPost("/{id:guid}/claim", Claim).WithName("claimMissedCall")
            .WithSummary("I call back: shows the caller's number in full, which is noted").Refuses("missed.claimed", "missed.over");
        missed.MapPost("/{id:guid}/done", Done).WithName("finishMissedCall").WithSummary("What came of calling back")
            .Refuses("missed.claimed", "missed.over").Validates<MissedDoneInput>();
    }

    private static async Task<Results<Ok<Page<MissedCallView>>, ProblemHttpResult>> List(
        MissedStore missed, CallViews views, Export? export, string? status, bool? count, int? limit, string? cursor,
        CancellationToken stop)
    {
        var faults = new Faults();
        var wanted = faults.Word<MissedStatus>(status, "status");
        if (PageRequest.Read(limit, cursor, faults) is not { } page) return faults.ToProblem();
        return TypedResults.Ok(page.Cut(await missed.List(wanted, page, stop), m => m.Id.ToString(),
            m => View(m, views.Mask(m.Numbers, CallDirection.In)),
            await export.Counted(most => missed.Count(wanted, most, stop), count)));
    }

    private static async Task<Results<Ok<MissedCallView>, ProblemHttpResult>> Get(
        Guid id, MissedStore missed, CallViews views, CancellationToken stop) =>
        await missed.Find(id, stop) is { } found ? TypedResults.Ok(View(found, views.Mask(found.Numbers, CallDirection.In)))
            : Problems.NotFound();

    private static async Task<Results<Ok<MissedCallView>, ProblemHttpResult>> Claim(
        Guid id, IfMatch ifMatch, Caller caller, MissedStore missed, CallViews views, Work work, TimeProvider clock,
        CancellationToken stop)
    {
        var (found, now) = (await missed.Find(id, stop), clock.GetUtcNow());
        return HttpWork.Change(found, ifMatch, m => m.Claim(caller.Id, caller.Name, now), (claimed, readAt) =>
        {
            missed.Save(claimed, readAt);
            work.SawCall(caller, claimed.State.CallId, now);
            work.Tell(new CallsChanged(now));
        }, m => View(m, views.Number(m.Numbers, CallDirection.In)));
    }

    private static async Task<Results<Ok<MissedCallView>, ProblemHttpResult>> Done(
        Guid id, MissedDoneInput input, IfMatch ifMatch, Caller caller, MissedStore missed, CallViews views, Work work,
        TimeProvider clock, CancellationToken stop)
    {
        var (found, now) = (await missed.Find(id, stop), clock.GetUtcNow());
        var outcome = EnumWords.FromWire<MissedOutcome>(input.Outcome)!.Value;
        return HttpWork.Change(found, ifMatch, m => m.Done(outcome, caller.Id, caller.Name, now), (done, readAt) =>
        {
            missed.Save(done, readAt);
            work.Tell(new CallsChanged(now));
        }, m => View(m, views.Mask(m.Numbers, CallDirection.In)));
    }

    private static MissedCallView View(MissedCall m, string? number) => new(
        m.Id, number, m.DialledNumber, m.Times, m.FirstAt, m.LastAt, m.CallId, m.Status, m.ClaimedBy, m.ClaimedAt, m.Outcome, m.DoneBy,
        m.DoneAt, m.Version);
}

/// <summary>The list of missed calls as a file.</summary>
internal static class MissedFile
{
    public static readonly ExportFile<MissedCallView> Columns = new ExportFile<MissedCallView>("missed-calls", "未接来电", "Missed calls")
        .Moment("首次来电", "First tried", m => m.FirstAt)
        .Moment("最近来电", "Last tried", m => m.LastAt)
        .Number("次数", "Times", m => m.Times)
        .Words("号码", "Number", m => m.CallerNumber)
        .Words("拨打号码", "Dialled number", m => m.DialledNumber)
        .Word("状态", "Status", "Missed.Status", m => m.Status.ToWire())
        .Words("认领人", "Claimed by", m => m.ClaimedBy)
        .Word("结果", "Outcome", "Missed.Outcome", m => m.Outcome?.ToWire())
        .Words("回电人", "Called back by", m => m.DoneBy)
        .Moment("回电时间", "Called back", m => m.DoneAt);
}

internal sealed class MissedDoneInputRules : AbstractValidator<MissedDoneInput>
{
    private static readonly Text Outcome = new("missed.outcome", $"结果须为以下之一：{string.Join(", ", EnumWords.Words<MissedOutcome>())}",
        $"The outcome must be one of: {string.Join(", ", EnumWords.Words<MissedOutcome>())}");

    public MissedDoneInputRules() => RuleFor(m => m.Outcome).Must(o => EnumWords.FromWire<MissedOutcome>(o) is not null).Says(Outcome);
}

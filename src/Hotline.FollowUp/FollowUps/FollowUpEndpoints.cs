using FluentValidation;
using Hotline.Wire.FollowUps;
using Microsoft.Extensions.Options;

namespace Hotline.FollowUps.FollowUps;

/// <summary>What is shown of follow-ups.</summary>
public static class FollowUpViews
{
    extension(FollowUpView)
    {
        /// <param name="c">The follow-up.</param>
        /// <param name="contact">What it is about, if known yet.</param>
        /// <param name="citizen">In full or masked, if known yet.</param>
        /// <param name="now">When it is looked at.</param>
        public static FollowUpView Of(FollowUp c, Contact? contact, Citizen? citizen, DateTimeOffset now) => new(
            c.Id, c.RequestId, c.RequestNumber, c.OrderId, c.VendorId, c.VendorName, c.CategoryCode, c.Kind, c.StatusAt(now),
            citizen is null ? null : new(citizen.Name, citizen.Phone), contact?.Description, c.DueAt, c.ClaimedByName, c.ClaimExpiresAt,
            c.Attempts, c.LastOutcome, c.Satisfaction, c.Resolved, c.Punctual, c.PriceAsQuoted, c.Comment,
            c.ComplaintId, c.Complaint, c.EndedBy, c.EndedAt, c.CreatedAt, c.Version,
            [.. c.Earlier.Select(e => new EarlierView(e.Kind, e.OrderId, e.VendorId, e.VendorName, e.At))]);
    }

    extension(FeedbackView)
    {
        public static FeedbackView Of(FollowUp c) => new(
            c.OrderId, c.RequestNumber, c.CategoryCode, c.Kind, c.Satisfaction!.Value, c.Resolved!.Value, c.Punctual, c.PriceAsQuoted,
            c.Comment, c.Complaint, c.EndedAt!.Value);
    }
}

internal sealed class AttemptInputRules : AbstractValidator<AttemptInput>
{
    private static readonly Text Outcome = new("outcome.unknown", "结果只能是 noAnswer、busy、wrongNumber 或 refused",
        "The outcome must be noAnswer, busy, wrongNumber or refused");

    private static readonly Text Past = new("again.past", "再拨时间必须晚于现在", "The time to call again must be in the future");
    private static readonly Text Far = new("again.far", "再拨时间最远 7 天", "The time to call again must be within 7 days");
    private static readonly Text Unwanted = new("again.refused", "市民拒绝回访,不再拨打", "Who does not want to be asked is not called again");

    public AttemptInputRules(TimeProvider clock)
    {
        RuleFor(a => a.Outcome).Must(o => EnumWords.FromWire<AttemptOutcome>(o) is not null).Says(Outcome);
        When(a => a.Again is not null, () =>
        {
            RuleFor(a => a.Again!.At).NotNull().Must(at => at is null || at > clock.GetUtcNow()).Says(Past)
                .Must(at => at is null || at <= clock.GetUtcNow() + TimeSpan.FromDays(7)).Says(Far);
            RuleFor(a => a.Again).Must((a, _) => a.Outcome != "refused").Says(Unwanted);
        });
    }
}

internal sealed class CompleteInputRules : AbstractValidator<CompleteInput>
{
    public CompleteInputRules()
    {
        RuleFor(c => c.Satisfaction).NotNull().InclusiveBetween(1, 5);
        RuleFor(c => c.Resolved).NotNull();
        RuleFor(c => c.Comment).OptionalWords(1000);
        RuleFor(c => c.Complaint!.Description).Words(2000).When(c => c.Complaint is not null);
    }
}

public static class FollowUpEndpoints
{
    public static void MapFollowUps(this IEndpointRouteBuilder routes)
    {
        var followUps = routes.MapGroup("/api/follow-ups").WithTags("Follow-ups").RequireAuthorization(Policies.Desk).Commits();
        followUps.MapGet("/", List).WithName("listFollowUps")
            .WithSummary("Follow-ups, longest waiting first; status=open those to be called now, waiting those to be called again later");
        followUps.MapGet("/{id:guid}", Get).WithName("getFollowUp").WithSummary("A follow-up");
        followUps.MapPost("/{id:guid}/claim", Claim)
            .WithName("claimFollowUp").WithSummary("Take a follow-up; nobody else can until the claim lapses")
            .Refuses("follow-up.closed", "follow-up.claimed", "follow-up.not-due");
        followUps.MapPost("/{id:guid}/release", Release)
            .WithName("releaseFollowUp").WithSummary("Give a follow-up back without having called")
            .Refuses("follow-up.closed", "follow-up.claimed", "follow-up.not-claimed", "follow-up.not-due");
        followUps.MapPost("/{id:guid}/attempts", Attempt)
            .WithName("reportAttempt").WithSummary("The citizen could not be asked").Validates<AttemptInput>()
            .Refuses("follow-up.closed", "follow-up.claimed", "follow-up.not-claimed", "follow-up.not-due");
        followUps.MapPost("/{id:guid}/complete", Complete)
            .WithName("completeFollowUp").WithSummary("The citizen answered").Validates<CompleteInput>()
            .Refuses("follow-up.closed", "follow-up.claimed", "follow-up.not-claimed", "follow-up.not-due", "follow-up.no-vendor");
    }

    public static void MapFeedback(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/vendor/feedback", Feedback)
            .WithName("listOwnFeedback").WithSummary("What citizens said of the vendor's services")
            .WithTags("Vendor").RequireAuthorization(Policies.OwnVendor);

    private static async Task<Results<Ok<Page<FollowUpView>>, ProblemHttpResult>> List(
        FollowUpStore followUps, CitizenMasking masking, TimeProvider clock, string? status, Guid? requestId, int? limit,
        string? cursor, CancellationToken stop)
    {
        var faults = new Faults();
        var wanted = faults.Word<FollowUpStatus>(status, "status");
        if (PageRequest.Read(limit, cursor, faults) is not { } page) return faults.ToProblem();
        var found = await followUps.List(wanted, requestId, clock.GetUtcNow(), page, stop);
        var contacts = await followUps.Contacts(found.Select(c => c.RequestId), stop);
        return TypedResults.Ok(page.Cut(found, c => c.Id.ToString(), c => masking.Masked(c, contacts.GetValueOrDefault(c.RequestId))));
    }

    private static async Task<Results<Ok<FollowUpView>, ProblemHttpResult>> Get(
        Guid id, Caller caller, FollowUpStore followUps, CitizenMasking masking, CancellationToken stop) =>
        await followUps.Find(id, stop) is { } found
            ? TypedResults.Ok(masking.Full(found.FollowUp, found.Contact, caller, "view"))
            : Problems.NotFound();

    private static Task<Results<Ok<FollowUpView>, ProblemHttpResult>> Claim(
        Guid id, IfMatch ifMatch, Caller caller, FollowUpStore followUps, CitizenMasking masking,
        IOptions<FollowUpOptions> options, TimeProvider clock, CancellationToken stop) =>
        Change(id, ifMatch, followUps, (claimed, contact) => masking.Full(claimed, contact, caller, "claim"),
            followUp => followUp.Claim(caller, options.Value.ClaimLasts, clock.GetUtcNow()), stop);

    private static Task<Results<Ok<FollowUpView>, ProblemHttpResult>> Release(
        Guid id, IfMatch ifMatch, Caller caller, FollowUpStore followUps, CitizenMasking masking,
        TimeProvider clock, CancellationToken stop) =>
        Change(id, ifMatch, followUps, masking.Masked, followUp => followUp.Release(caller, clock.GetUtcNow()), stop);

    private static Task<Results<Ok<FollowUpView>, ProblemHttpResult>> Attempt(
        Guid id, AttemptInput input, IfMatch ifMatch, Caller caller, FollowUpStore followUps,
        CitizenMasking masking, IOptions<FollowUpOptions> options, TimeProvider clock, CancellationToken stop) =>
        Change(id, ifMatch, followUps, masking.Masked, followUp => followUp.Attempt(
            EnumWords.FromWire<AttemptOutcome>(input.Outcome)!.Value, input.Again?.At?.ToUniversalTime(), caller, options.Value,
            clock.GetUtcNow()), stop);

    private static Task<Results<Ok<FollowUpView>, ProblemHttpResult>> Complete(
        Guid id, CompleteInput input, IfMatch ifMatch, Caller caller,
        FollowUpStore followUps,
        CitizenMasking masking, TimeProvider clock, CancellationToken stop)
    {
        var answers = new Answers(input.Satisfaction!.Value, input.Resolved!.Value, input.Punctual, input.PriceAsQuoted,
            input.Comment?.Trim(), input.Complaint?.Description?.Trim());
        return Change(id, ifMatch, followUps, masking.Masked,
            followUp => followUp.Complete(answers, Guid.CreateVersion7(), caller, clock.GetUtcNow()), stop);
    }

    private static async Task<Results<Ok<FollowUpView>, ProblemHttpResult>> Change(
        Guid id, IfMatch ifMatch, FollowUpStore followUps, Func<FollowUp, Contact?, FollowUpView> view,
        Func<FollowUp, Decision<FollowUp>> decide, CancellationToken stop)
    {
        var found = await followUps.Find(id, stop);
        return HttpWork.Change(found?.FollowUp, ifMatch, decide, followUps.Save, changed => view(changed, found?.Contact));
    }

    private static async Task<Results<Ok<Page<FeedbackView>>, ProblemHttpResult>> Feedback(
        Caller caller, FollowUpStore followUps, int? limit, string? cursor, CancellationToken stop)
    {
        var faults = new Faults();
        return PageRequest.Read(limit, cursor, faults) is { } page
            ? TypedResults.Ok(page.Cut(await followUps.Feedback(caller.OwnVendor, page, stop),
                c => c.Id.ToString(), FeedbackView.Of))
            : faults.ToProblem();
    }
}

using FluentValidation;
using Hotline.Wire.FollowUps;
using Microsoft.Extensions.Options;

namespace Hotline.FollowUps.FollowUps;

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

using FluentValidation;
using Hotline.Wire.FollowUps;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Options;

namespace Hotline.FollowUps.FollowUps;

public static class FollowUpEndpoints
{
    public static void MapFollowUps(this IEndpointRouteBuilder routes)
    {
        var followUps = routes.MapGroup("/api/follow-ups").WithTags("Follow-ups").RequireAuthorization(Policies.Desk).Commits();
        followUps.MapGet("/", List).WithName("listFollowUps")
            .WithSummary("Follow-ups, longest waiting first; status=open those to be called now, waiting those to be called again later, "
                + "ended those that are over; claimedBy=me those that the caller has; sort=due of those that are not over the first due, "
                + "sort=ended of those that are over the last ended; from and to are about when it fell due, answer about what was said; "
                + "count=true for the total");
        followUps.MapGet("/export", List).Exports("exportFollowUps", FollowUpFile.Columns);
        followUps.MapGet("/settings", Settings).WithName("getFollowUpSettings").WithSummary("The rules for follow-ups");
        followUps.MapGet("/{id:guid}", Get).WithName("getFollowUp").WithSummary("A follow-up");
        followUps.MapPost("/{id:guid}/claim", Claim)
            .WithName("claimFollowUp").WithSummary("Take a follow-up; nobody else can until the claim lapses")
            .Refuses("follow-up.closed", "follow-up.claimed", "follow-up.not-due");
        followUps.MapPost("/{id:guid}/release", Release)
            .WithName("releaseFollowUp").WithSummary("Give a follow-up back without having called: to be called now, or at a later time")
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
            .WithName("listOwnFeedback").WithSummary("What citizens said of the vendor's services, the last that answered first")
            .WithTags("Vendor").RequireAuthorization(Policies.OwnVendor);

    private static async Task<Results<Ok<Page<FollowUpView>>, ProblemHttpResult>> List(
        FollowUpStore followUps, CitizenMasking masking, Caller caller, TimeProvider clock, Export? export, string? status, Guid? requestId,
        string? claimedBy, string? endedFrom, string? sort, string? from, string? to, string? kind, string? answer, string? areaCode,
        string? categoryCode, string? registeredBy, string? dialledNumber, bool? count, int? limit, string? cursor, CancellationToken stop)
    {
        var faults = new Faults();
        var order = faults.OneOf(sort, "sort", "due", "ended") switch
        {
            "due" => FollowUpOrder.Due,
            "ended" => FollowUpOrder.Ended,
            _ => FollowUpOrder.Oldest,
        };
        var filter = new FollowUpFilter(faults.OneOf(status, "status", ["ended", .. EnumWords.Words<FollowUpStatus>()]), requestId,
            faults.OneOf(claimedBy, "claimedBy", "me") is null ? null : caller.Id, faults.From(endedFrom, "endedFrom"), order,
            faults.From(from, "from"), faults.To(to, "to"), faults.Word<FollowUpKind>(kind, "kind"),
            faults.OneOf(answer, "answer", [.. FollowUpFilter.Answers.Keys]), areaCode, categoryCode, registeredBy, dialledNumber);
        if (PageRequest.Read(limit, cursor, key => order.Read(key) is not null, faults) is not { } page) return faults.ToProblem();
        var now = clock.GetUtcNow();
        var found = await followUps.List(filter, now, page, stop);
        var contacts = await followUps.Contacts(found.Select(c => c.RequestId), stop);
        return TypedResults.Ok(page.Cut(found, order.Key, c => masking.Listed(c, contacts.GetValueOrDefault(c.RequestId), export),
            await export.Counted(most => followUps.Count(filter, now, most, stop), count)));
    }

    private static Ok<FollowUpSettings> Settings(IOptions<FollowUpOptions> options) =>
        TypedResults.Ok(new FollowUpSettings(options.Value.MaxAttempts, (int)options.Value.TryAgainAfter.TotalSeconds));

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

    private static async Task<Results<Ok<FollowUpView>, ProblemHttpResult>> Release(
        Guid id, [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] ReleaseInput? input, IfMatch ifMatch, Caller caller,
        FollowUpStore followUps, CitizenMasking masking,
        TimeProvider clock, CancellationToken stop) =>
        Validation.Check(new ReleaseInputRules(clock), input ??= new(null)) is { } faults ? faults
            : await Change(id, ifMatch, followUps, masking.Masked,
                followUp => followUp.Release(input.Again?.At?.ToUniversalTime(), caller, clock.GetUtcNow()), stop);

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
        return PageRequest.Read(limit, cursor, key => FollowUpOrder.Ended.Read(key) is not null, faults) is { } page
            ? TypedResults.Ok(page.Cut(await followUps.Feedback(caller.OwnVendor, page, stop), FollowUpOrder.Ended.Key, FeedbackView.Of))
            : faults.ToProblem();
    }
}

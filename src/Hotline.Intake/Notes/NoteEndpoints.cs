using FluentValidation;
using Hotline.Intake.Notifications;
using Hotline.Intake.Requests;
using Hotline.Intake.Timeline;
using Hotline.Wire.Intake;

namespace Hotline.Intake.Notes;

/// <summary>What the desk writes on a request for itself. A note is an entry of the timeline: it is there, found and forgotten with
/// it.</summary>
public static class NoteEndpoints
{
    public static void MapNotes(this IEndpointRouteBuilder routes)
    {
        var notes = routes.MapGroup("/api/intake/requests/{id:guid}/notes").WithTags("Requests").RequireAuthorization(Policies.Desk)
            .Commits();
        notes.MapGet("/", List).WithName("listNotes").WithSummary("The desk's notes on a request, oldest first");
        notes.MapGet("/{noteId:guid}", Get).WithName("getNote").WithSummary("A note");
        notes.MapPost("/", Write).WithName("writeNote").WithSummary("Write a note for the desk alone")
            .Refuses("request.erased").Validates<NoteInput>();
    }

    private static async Task<Results<Ok<Page<NoteView>>, ProblemHttpResult>> List(
        Guid id, RequestStore requests, TimelineStore timeline, CancellationToken stop) =>
        await requests.Find(id, stop) is null ? Problems.NotFound()
            : TypedResults.Ok(new Page<NoteView>(await timeline.Notes(id, stop), null));

    private static async Task<Results<Ok<NoteView>, ProblemHttpResult>> Get(
        Guid id, Guid noteId, TimelineStore timeline, CancellationToken stop) =>
        (await timeline.Notes(id, stop)).FirstOrDefault(n => n.Id == noteId) is { } note ? TypedResults.Ok(note) : Problems.NotFound();

    private static async Task<Results<Created<NoteView>, ProblemHttpResult>> Write(
        Guid id, NoteInput input, Caller caller, RequestStore requests, NotificationStore notifications, TimeProvider clock,
        CancellationToken stop)
    {
        if (await requests.Find(id, stop) is not { } request) return Problems.NotFound();
        var now = clock.GetUtcNow();
        var note = new NoteView(Guid.CreateVersion7(now), caller.Name, now, input.Text!.Trim());
        var decision = request.Note(note.Id, note.Text, note.By, now);
        if (decision.Refusal is { } refusal) return refusal.ToProblem();
        requests.Tell(decision);
        notifications.Mention(input.Mentions?.Select(person => person.ToString()).Except([caller.Id]) ?? [], id, now);
        return TypedResults.Created($"/api/intake/requests/{id}/notes/{note.Id}", note);
    }
}

internal sealed class NoteInputRules : AbstractValidator<NoteInput>
{
    private static readonly Text TooMany = new("mentions.too-many", "最多提到 {0} 人", "At most {0} people");
    private const int Most = 20;

    public NoteInputRules()
    {
        RuleFor(n => n.Text).Words(2000);
        RuleFor(n => n.Mentions).Must(m => m is not { Count: > Most }).Says(TooMany, Most);
    }
}

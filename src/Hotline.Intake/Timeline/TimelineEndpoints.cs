using System.Text.Json;
using Hotline.Intake.Requests;
using Hotline.Wire.Intake;

namespace Hotline.Intake.Timeline;

public static class TimelineEndpoints
{
    public static void MapTimeline(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/intake/requests/{id:guid}/timeline", Get)
            .WithName("getTimeline").WithSummary("What happened to a request, told by all services, oldest first")
            .WithTags("Requests").RequireAuthorization(Policies.Desk);

    private static async Task<Results<Ok<TimelineView>, ProblemHttpResult>> Get(
        Guid id, RequestStore requests, TimelineStore timeline, CancellationToken stop) =>
        await requests.Find(id, stop) is null
            ? Problems.NotFound()
            : TypedResults.Ok(new TimelineView([.. (await timeline.List(id, stop)).Select(Item)]));

    private static TimelineItem Item(Entry entry)
    {
        var data = JsonSerializer.Deserialize<JsonElement>(entry.Data);
        return new(entry.At, entry.Kind, entry.Actor, StoryWords.TextOf(entry), Story.Of(entry.Kind)?.ToneOf(data) ?? Tone.Plain, data);
    }
}

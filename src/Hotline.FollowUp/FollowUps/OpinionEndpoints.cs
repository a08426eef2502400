using Hotline.Wire.FollowUps;

namespace Hotline.FollowUps.FollowUps;

/// <summary>What citizens answered and said, for whoever supervises the vendors.</summary>
public static class OpinionEndpoints
{
    public static void MapOpinions(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/follow-ups/opinions", Opinions)
            .WithName("listOpinions")
            .WithSummary("What citizens said of services, the last that answered first; complaints=true for complaints alone")
            .WithTags("Follow-ups").RequireAuthorization(Policies.Supervision);

    private static async Task<Results<Ok<Page<OpinionView>>, ProblemHttpResult>> Opinions(
        FollowUpStore followUps, Guid? vendorId, bool? complaints, string? from, string? to, int? limit, string? cursor,
        CancellationToken stop)
    {
        var faults = new Faults();
        var filter = new OpinionFilter(vendorId, complaints ?? false, faults.From(from, "from"), faults.To(to, "to"));
        if (PageRequest.Read(limit, cursor, key => FollowUpOrder.Ended.Read(key) is not null, faults) is not { } page)
            return faults.ToProblem();
        return TypedResults.Ok(page.Cut(await followUps.Opinions(filter, page, stop), FollowUpOrder.Ended.Key, OpinionView.Of,
            await followUps.Count(filter, stop)));
    }

    extension(OpinionView)
    {
        public static OpinionView Of(FollowUp c) => new(
            c.Id, c.RequestId, c.RequestNumber, c.OrderId, c.VendorId, c.VendorName, c.CategoryCode, c.Kind, c.Satisfaction!.Value,
            c.Resolved!.Value, c.Punctual, c.PriceAsQuoted, c.Comment, c.ComplaintId, c.Complaint, c.EndedBy!, c.EndedAt!.Value);
    }
}

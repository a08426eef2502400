using FluentValidation;
using Hotline.Evaluation.Scores;
using Hotline.Evaluation.Vendors;
using Hotline.Wire.Evaluation;

namespace Hotline.Evaluation.Sanctions;

public static class SanctionEndpoints
{
    private static readonly Text Terminated = new("vendor.terminated", "该企业已解除加盟", "The vendor was removed from the alliance already");

    public static void MapSanctions(this IEndpointRouteBuilder routes)
    {
        var sanctions = routes.MapGroup("/api/evaluation/sanctions").WithTags("Sanctions")
            .RequireAuthorization(Policies.Supervision).Commits();
        sanctions.MapPost("/", Impose)
            .WithName("imposeSanction").WithSummary("Warn, suspend or remove a vendor")
            .Validates<SanctionInput>().RefusesOn("sanctions_one_termination", new(Terminated, CurrentStatus: "terminated"))
            .Refuses(StatusCodes.Status404NotFound, "not-found");
        sanctions.MapGet("/", List).WithName("listSanctions").WithSummary("Sanctions, newest first");
        sanctions.MapGet("/export", List).Exports("exportSanctions", SanctionFile.Columns);
        sanctions.MapGet("/{id:guid}", Get).WithName("getSanction").WithSummary("A sanction");
        sanctions.MapPost("/{id:guid}/lift", Lift)
            .WithName("liftSanction").WithSummary("End a sanction").Refuses("sanction.lifted").Validates<LiftInput>();
    }

    private static async Task<Results<Created<SanctionView>, ProblemHttpResult>> Impose(
        SanctionInput input, Caller caller, SanctionStore sanctions, VendorStore vendors, ScoreStore scores, TimeProvider clock,
        CancellationToken stop)
    {
        var vendor = await Eventually.Find(input.VendorId!.Value, () => vendors.Find(input.VendorId.Value, stop), stop);
        if (vendor is null) return Refusal.Unknown("vendorId").ToProblem();
        if (vendor.Standing == "terminated") return new Refusal(Terminated, CurrentStatus: vendor.Standing).ToProblem();
        if (input.ComplaintOrderId is { } order
            && await Eventually.Find(order, () => scores.Complaint(order, vendor.VendorId, stop), stop) is null)
            return Refusal.Unknown("complaintOrderId").ToProblem();
        var now = clock.GetUtcNow();
        var imposed = Sanction.Impose(new()
        {
            Id = Guid.CreateVersion7(now),
            VendorId = vendor.VendorId,
            Kind = EnumWords.FromWire<SanctionKind>(input.Kind)!.Value,
            Reason = input.Reason!.Trim(),
            Until = input.Until?.ToUniversalTime(),
            ComplaintOrderId = input.ComplaintOrderId,
            ImposedBy = caller.Name,
            ImposedAt = now,
            Version = 1,
        });
        sanctions.Add(imposed);
        return TypedResults.Created($"/api/evaluation/sanctions/{imposed.State.Id}", SanctionView.Of(imposed.State));
    }

    private static async Task<Results<Ok<Page<SanctionView>>, ProblemHttpResult>> List(
        SanctionStore sanctions, Export? export, Guid? vendorId, bool? active, int? limit, string? cursor, CancellationToken stop)
    {
        var faults = new Faults();
        return PageRequest.Read(limit, cursor, faults) is { } page
            ? TypedResults.Ok(page.Cut(await sanctions.List(vendorId, active, page, stop), s => s.Id.ToString(), SanctionView.Of,
                await export.Counted(most => sanctions.Count(vendorId, active, most, stop))))
            : faults.ToProblem();
    }

    private static async Task<Results<Ok<SanctionView>, ProblemHttpResult>> Get(Guid id, SanctionStore sanctions, CancellationToken stop) =>
        await sanctions.Find(id, stop) is { } sanction ? TypedResults.Ok(SanctionView.Of(sanction)) : Problems.NotFound();

    private static async Task<Results<Ok<SanctionView>, ProblemHttpResult>> Lift(
        Guid id, LiftInput input, IfMatch ifMatch, Caller caller, SanctionStore sanctions,
        TimeProvider clock, CancellationToken stop) =>
        HttpWork.Change(await sanctions.Find(id, stop), ifMatch,
            sanction => sanction.Lift(input.Reason!.Trim(), caller.Name, clock.GetUtcNow()), sanctions.Save, SanctionView.Of);
}

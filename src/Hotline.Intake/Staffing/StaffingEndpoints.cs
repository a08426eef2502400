using Hotline.Wire.Intake;

namespace Hotline.Intake.Staffing;

public static class StaffingEndpoints
{
    private const double UsualShare = 0.8, UsualSeconds = 15;

    public static void MapStaffing(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/calls/staffing", Plan).WithTags("Staffing").WithName("planStaffing")
            .WithSummary("Seats and lines that expected calls need, and one team for all of them beside separate ones; changes nothing")
            .RequireAuthorization(Policies.Supervision).Validates<StaffingInput>();

    private static Results<Ok<StaffingView>, ProblemHttpResult> Plan(StaffingInput input)
    {
        var target = new StaffingTarget(input.Target?.Share ?? UsualShare, input.Target?.Seconds ?? UsualSeconds, input.PatienceSeconds);
        return TypedResults.Ok(input.Groups is { } groups
            ? StaffingPlan.Of([.. groups.Select(g => (g!.Name!, Forecasts(g.Intervals)))], target)
            : StaffingPlan.Of(Forecasts(input.Intervals), target));
    }

    private static IReadOnlyList<Forecast> Forecasts(IReadOnlyList<StaffingIntervalInput?>? intervals) =>
        [.. intervals!.Select(i => new Forecast(i!.From!.Value, i.Calls!.Value, i.AhtSeconds!.Value))];
}

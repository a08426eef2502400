using Hotline.Wire.Operations;

namespace Hotline.Evaluation.Reconciliations;

/// <summary>Comparing the services' books from the page. It is done here because no call waits for this service.</summary>
public static class ReconciliationEndpoints
{
    private static readonly Text Running = new("reconciliation.running", "正在对账，请等它结束",
        "The books are being compared: wait until that is over");

    public static void AddReconciliations(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ReconciliationOptions>().BindConfiguration("Reconciliation")
            .ValidateDataAnnotations().ValidateOnStart();
        PlatformBooks.Add(builder);
        builder.Services.AddSingleton<ReconciliationStore>().AddSingleton<ReconciliationRun>()
            .AddHostedService(services => services.GetRequiredService<ReconciliationRun>());
    }

    public static void MapReconciliations(this IEndpointRouteBuilder routes)
    {
        var runs = routes.MapGroup("/api/ops/reconciliation").WithTags("Operations").RequireAuthorization(Policies.Operations)
            .AnswersOnce();
        runs.MapGet("", async (ReconciliationStore store, CancellationToken stop) => TypedResults.Ok(await store.All(stop)))
            .WithName("getReconciliations").WithSummary("How the services' books were last compared, and who did so before");
        runs.MapGet("/{id:guid}", Find).WithName("getReconciliation").WithSummary("One of the last 20 runs");
        runs.MapPost("", Begin).WithName("reconcile").Refuses(Running.Code).WithSummary(
            "Begins to compare the books of all services, with the caller's rights; what is wrong must still be wrong after some seconds");
    }

    private static async Task<Results<Ok<ReconciliationView>, ProblemHttpResult>> Find(
        Guid id, ReconciliationStore store, CancellationToken stop) =>
        await store.Find(id, stop) is { } run ? TypedResults.Ok(run) : Problems.NotFound();

    private static async Task<Results<Accepted<ReconciliationView>, ProblemHttpResult>> Begin(
        HttpContext http, Caller by, ReconciliationStore store, ReconciliationRun run, TimeProvider clock, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        if (!await store.Begin(id, now, by, stop)) return new Refusal(Running).ToProblem();
        run.Begin(id, http.Request.Headers.Authorization.ToString());
        return TypedResults.Accepted($"/api/ops/reconciliation/{id}", (await store.Find(id, CancellationToken.None))!);
    }
}

using System.Collections.Concurrent;
using Hotline.Evaluation.Reconciliations;
using Hotline.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hotline.Services.Tests;

/// <summary>Stands where the gateway does: what the services' books say is the test's.</summary>
public sealed class BookGateway : IAsyncDisposable
{
    private readonly WebApplication _app;

    public BookGateway()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.MapGet("/api/ops/{service}", async (string service, HttpContext http) =>
            await Answer(http, new { service, status = "healthy" }));
        _app.MapGet("/api/ops/{service}/ledger/{book}", async (string service, string book, HttpContext http) =>
            await Answer(http, new { items = Books.GetValueOrDefault($"{service}/{book}", []), next = (Guid?)null }));
        _app.Start();
    }

    public string Address => _app.Urls.Single();

    /// <summary>By service and book, for example intake/requests.</summary>
    public ConcurrentDictionary<string, object[]> Books { get; } = new();

    /// <summary>What it answers in place of 200, by path.</summary>
    public Func<string, int> Status { get; set; } = _ => 200;

    /// <summary>No answer before this.</summary>
    public Task Open { get; set; } = Task.CompletedTask;

    public ConcurrentBag<(string Host, string Authorization)> Heard { get; } = [];

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> Answer(HttpContext http, object body)
    {
        Heard.Add((http.Request.Host.Value!, http.Request.Headers.Authorization.ToString()));
        await Open.WaitAsync(http.RequestAborted);
        return Status(http.Request.Path) is not 200 and var refused ? Results.StatusCode(refused) : Results.Json(body);
    }
}

public sealed class ReconcilingApi : Service<Evaluation.Scores.Score>, IAsyncLifetime
{
    public const string Path = "/api/ops/reconciliation";

    public ReconcilingApi() : this(new()) { }

    private ReconcilingApi(BookGateway gateway) : base("evaluation", null, ("services:gateway:http:0", gateway.Address),
        ("Reconciliation:Patience", "00:00:00.5"), ("Reconciliation:Longest", "00:00:05"), ("Reconciliation:MostEntries", "100")) =>
        Gateway = gateway;

    public BookGateway Gateway { get; }

    public Client Ops => As(Roles.Ops, subject: "ops-person");

    public async Task<Answer> Last() => await Ops.Get(Path);

    public async Task<Answer> Begun()
    {
        var begun = await Ops.Post(Path);
        begun.Code.ShouldBe(202, begun.ToString());
        return begun;
    }

    public async Task<Answer> Ended(Guid id)
    {
        await Wait.Until(async () => (await Ops.Get($"{Path}/{id}")).Text("state") != "running", "the run over");
        return await Ops.Get($"{Path}/{id}");
    }

    public async Task<Answer> Run() => await Ended((await Begun()).Id);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Gateway.DisposeAsync();
    }
}

/// <summary>Comparing the services' books from the page.</summary>
public sealed class ReconciliationTests(ReconcilingApi api) : IClassFixture<ReconcilingApi>, IAsyncLifetime
{
    public ValueTask InitializeAsync()
    {
        api.Gateway.Books.Clear();
        (api.Gateway.Status, api.Gateway.Open) = (_ => 200, Task.CompletedTask);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static object A_request(Guid id) => new
    {
        id,
        number = "RA-20261126-000042",
        status = "registered",
        cancelled = false,
        orderVersion = 0,
        timeline = Array.Empty<object>(),
    };

    [Fact]
    public async Task What_differs_is_found_with_its_request_in_both_languages_and_noted_with_who_asked()
    {
        var (request, vendor) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        api.Gateway.Books["intake/requests"] = [A_request(request)];
        api.Gateway.Books["identity/vendors"] = [new { id = vendor, standing = "active", version = 1 }];
        var run = await api.Run();
        run.Text("state").ShouldBe("done", run.ToString());
        var figures = run["figures"]!;
        ((int)figures["requests"]!, (int)figures["missing"]!, (int)figures["doubled"]!, (int)figures["differences"]!)
            .ShouldBe((1, 4, 0, 4));
        var findings = run["findings"]!.AsArray();
        var copy = findings.Single(f => f!["found"]!.ToString() == "派单中没有")!;
        (copy["kind"]!.ToString(), copy["rule"]!.ToString(), copy["requestId"]!.ToString(), copy["requestNumber"]!.ToString())
            .ShouldBe(("missing", "request", request.ToString(), "RA-20261126-000042"));
        copy["expected"]!.ToString().ShouldContain("工单");
        findings.Single(f => f!["vendorId"]?.ToString() == vendor.ToString())!["rule"]!.ToString().ShouldBe("vendor");
        (await api.Ops.Get($"{ReconcilingApi.Path}/{run.Id}", ("Accept-Language", "en")))["findings"]!.AsArray()
            .ShouldContain(f => f!["found"]!.ToString() == "not in dispatch");

        (await api.Last())["last"]!["id"]!.ToString().ShouldBe(run.Id.ToString());
        (await api.Scalar<string>($"select actor_id from reconciliations where id = '{run.Id}'")).ShouldBe("ops-person");
        // as clients call it, with the caller's own token
        api.Gateway.Heard.ShouldAllBe(h => h.Host == new Uri(Tokens.Issuer).Authority
            && h.Authorization.StartsWith("Bearer ey", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_many_findings_the_first_200_are_kept_and_all_are_counted()
    {
        api.Gateway.Books["intake/requests"] = [.. Enumerable.Range(0, 70).Select(_ => A_request(Guid.CreateVersion7()))];
        var run = await api.Run();
        // each is in neither copy, nor in its timeline; one number was given to all
        ((int)run["figures"]!["missing"]!, (int)run["figures"]!["doubled"]!, run["findings"]!.AsArray().Count).ShouldBe((210, 1, 200));
    }

    [Fact]
    public async Task Two_at_once_are_one_and_a_refusal_and_who_repeats_a_call_is_told_of_the_one()
    {
        var open = new TaskCompletionSource();
        api.Gateway.Open = open.Task;
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        var begun = await api.Ops.Post(ReconcilingApi.Path, null, key);
        (begun.Code, begun.Text("state")).ShouldBe((202, "running"), begun.ToString());
        var second = await api.Ops.Post(ReconcilingApi.Path);
        (second.Code, second.Text("code")).ShouldBe((409, "reconciliation.running"));
        (await api.Ops.Post(ReconcilingApi.Path, null, key)).Id.ShouldBe(begun.Id);
        (await api.Last())["last"]!["state"]!.ToString().ShouldBe("running");
        open.SetResult();
        (await api.Ended(begun.Id)).Text("state").ShouldBe("done");
    }

    [Fact]
    public async Task A_run_that_cannot_end_says_why()
    {
        api.Gateway.Status = path => path.StartsWith("/api/ops/follow-up/", StringComparison.Ordinal) ? 404 : 200;
        var away = await api.Run();
        (away.Text("state"), away.Text("reason"), away.Text("detail")).ShouldBe(("failed", "away", "follow-up"));
        api.Gateway.Status = _ => 401;
        (await api.Run()).Text("reason").ShouldBe("denied");
        api.Gateway.Status = _ => 200;
        api.Gateway.Books["intake/requests"] = [.. Enumerable.Range(0, 101).Select(_ => A_request(Guid.CreateVersion7()))];
        (await api.Run()).Text("reason").ShouldBe("large");
        var never = new TaskCompletionSource();
        api.Gateway.Open = never.Task;
        (await api.Run()).Text("reason").ShouldBe("late");
        never.SetResult();
    }

    [Fact]
    public async Task A_run_whose_process_died_counts_as_stopped_and_holds_up_nobody()
    {
        var dead = Guid.CreateVersion7();
        await api.Scalar<int>($"""
            insert into reconciliations (id, at, actor_id, actor, alive_at)
            values ('{dead}', now() - interval '2 minutes', 'x', 'x', now() - interval '1 minute') returning 1
            """);
        var run = await api.Ops.Get($"{ReconcilingApi.Path}/{dead}");
        (run.Text("state"), run.Text("reason")).ShouldBe(("failed", "stopped"));
        (await api.Run()).Text("state").ShouldBe("done");
        (await api.Scalar<string>($"select state from reconciliations where id = '{dead}'")).ShouldBe("failed");
    }

    [Fact]
    public async Task The_last_20_are_kept()
    {
        for (var i = 0; i < 25; i++)
        {
            await api.Scalar<int>($"""
                insert into reconciliations (id, at, actor_id, actor, state)
                values ('{Guid.CreateVersion7()}', now(), 'x', 'x', 'done') returning 1
                """);
        }
        await api.Run();
        (await api.Count("reconciliations")).ShouldBe(20);
        (await api.Last())["earlier"]!.AsArray().Count.ShouldBe(19);
    }

    [Fact]
    public async Task Only_the_ops_team_compares_the_books()
    {
        foreach (var role in (string[])[Roles.Operator, Roles.Supervisor, Roles.Admin])
        {
            (await api.As(role).Post(ReconcilingApi.Path)).Code.ShouldBe(403, role);
            (await api.As(role).Get(ReconcilingApi.Path)).Code.ShouldBe(403, role);
        }
        (await api.Ops.Get($"{ReconcilingApi.Path}/{Guid.CreateVersion7()}")).Code.ShouldBe(404);
    }
}

public sealed class StoppedReconciliationTests(ReconcilingApi api) : IClassFixture<ReconcilingApi>
{
    [Fact]
    public async Task A_process_that_ends_notes_that_its_run_was_stopped()
    {
        var never = new TaskCompletionSource();
        api.Gateway.Open = never.Task;
        var begun = await api.Begun();
        await Wait.Until(() => !api.Gateway.Heard.IsEmpty, "the books asked for");
        await api.Services.GetRequiredService<ReconciliationRun>().StopAsync(TestContext.Current.CancellationToken);
        var run = await api.Ops.Get($"{ReconcilingApi.Path}/{begun.Id}");
        (run.Text("state"), run.Text("reason")).ShouldBe(("failed", "stopped"));
        never.SetResult();
    }
}

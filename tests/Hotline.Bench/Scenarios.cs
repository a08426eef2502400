using System.Diagnostics;
using System.Globalization;
using Hotline.Testing;
using Hotline.Tools.Shared;
using Npgsql;
using Spectre.Console;

namespace Hotline.Bench;

/// <summary>The scenarios, one after the other on one platform.</summary>
public sealed class Scenarios(BenchOptions options, ProgressContext progress)
{
    /// <summary>How many vendors the demo data has, with which a platform starts.</summary>
    public const int DemoVendors = 92;

    private const int Clients = 16, Operators = 200;
    private static readonly string[] Words = ["疏通", "开锁", "空调不制冷", "月嫂", "shutong", "漏水", "换锁芯", "打孔"];
    private static readonly string[] Areas = ["330381001", "330381002", "330381003", "330381004"];
    private readonly List<Row> _rows = [];

    private TimeSpan Long => TimeSpan.FromSeconds(options.Seconds ?? (options.Quick ? 8 : 30));

    /// <summary>What there is to measure. What live measures, 200 streams while lifecycles run, is part of lifecycle;
    /// vendors is the second half of growth.</summary>
    public static readonly string[] Names =
        ["match", "register", "gateway", "hostile", "lifecycle", "live", "micro", "growth", "vendors", "console"];

    /// <summary>What was measured so far.</summary>
    public IReadOnlyList<Row> Rows => _rows;

    public async Task Run()
    {
        bool Wanted(string name) => options.Only.Count == 0 || options.Only.Contains(name);
        await using var stack = options.Target is null ? new Stack(options.Root) : null;
        if (stack is not null)
        {
            TimeSpan up = default;
            await Step("start", async () => up = await stack.Start());
            _rows.Add(new("deploy/up when built before, until healthy", up.TotalSeconds, "s", null, "<= 20"));
            if (options.Vendors > DemoVendors)
                await Step($"{options.Vendors} vendors", () => Past.Vendors(stack, options.Vendors));
        }
        using var platform = await Platform.Open(options.Target ?? stack!.Credentials);
        await Step("warm-up", () => WarmUp(platform));
        if (Wanted("match")) await Step("match", () => Match(platform));
        if (Wanted("register")) await Step("register", () => Register(platform, stack));
        if (Wanted("gateway") && stack is not null) await Step("gateway", () => Gateway(platform, stack));
        if (Wanted("hostile")) await Step("hostile", () => Hostile(platform, stack));
        if (Wanted("lifecycle") || Wanted("live")) await Step("lifecycle", () => Lifecycle(platform, stack));
        if (Wanted("micro") && stack is not null)
            await Step("micro", async () => _rows.AddRange(await Micro.Run(stack.Postgres("intake"))));
        if (Wanted("growth") && stack is not null) await Step("growth", () => Growth(platform, stack));
        if ((Wanted("growth") || Wanted("vendors")) && stack is not null) await Step("vendors", () => Vendors(platform, stack));
        if (Wanted("console")) await Step("console", async () => _rows.AddRange(
            await ConsoleBench.Run(await PlatformCredentials.Read(options.Target ?? stack!.Credentials))));
    }

    // code is compiled anew while it runs: without this half of what is measured is the compiler
    private async Task WarmUp(Platform platform)
    {
        await using var story = await Story.Open(platform);
        await Generator.Saturate(Clients, TimeSpan.FromSeconds(options.Quick ? 60 : 90),
            n => n % 2 == 0 ? story.Play(n) : n % 4 == 1 ? platform.Register(n) : MatchOne(platform, n));
        await story.Settle();
    }

    private async Task Match(Platform platform)
    {
        var most = await Generator.Saturate(Clients, Long, n => MatchOne(platform, n));
        var half = await Generator.AtRate(most.Rate / 2, Long, n => MatchOne(platform, n));
        _rows.Add(new("match, saturated, through the gateway", most.Rate, "1/s"));
        _rows.Add(new($"match with {Count(options.Vendors)} vendors, through the gateway, p99 at half of saturation",
            half.Latencies.At(99), "ms", null, options.Vendors == DemoVendors ? "<= 10" : null));
        Spread("match at half of saturation", half);
    }

    private static async Task MatchOne(Platform platform, int number) => await platform.Operator.Read(
        $"/api/vendors/match?q={Uri.EscapeDataString(Words[number % Words.Length])}&area={Areas[number % Areas.Length]}&limit=10");

    private async Task Register(Platform platform, Stack? stack)
    {
        var use = stack is null ? null : new Processes(stack.State);
        var before = use?.Look();
        var most = await Generator.Saturate(Clients, Long, platform.Register);
        var after = use?.Look();
        double? pgbench = stack is null ? null : await Limits.Pgbench(stack, Clients, TimeSpan.FromSeconds(options.Quick ? 5 : 15));
        _rows.Add(new("register through the gateway, saturated, against pgbench running the same two inserts", most.Rate, "1/s", pgbench,
            pgbench is null ? null : ">= 0.25"));
        Spread("register, saturated", most);
        Cost("register", before, after, most);
        var half = await Generator.AtRate(most.Rate / 2, Long, platform.Register);
        Spread("register at half of saturation", half);
    }

    // the same cheap call with the gateway and without, turn by turn
    private async Task Gateway(Platform platform, Stack stack)
    {
        using var direct = Platform.Client(stack.Direct("intake"));
        var (through, straight) = (new Latencies(), new Latencies());
        Client Asking(HttpClient http) => new(http, async () => await platform.Token("operator"));
        for (var i = 0; i < (options.Quick ? 2000 : 8000); i++)
        {
            foreach (var (client, latencies) in ((Client, Latencies)[])[(Asking(platform.Http), through), (Asking(direct), straight)])
            {
                var begun = Stopwatch.GetTimestamp();
                await client.Read("/api/intake/settings");
                latencies.Add(Stopwatch.GetElapsedTime(begun));
            }
        }
        _rows.Add(new("gateway's added median latency against the direct call", through.At(50) - straight.At(50), "ms", null, "<= 0.5"));
        _rows.Add(new("a bare endpoint on Kestrel", await Limits.Kestrel(Clients, TimeSpan.FromSeconds(5)), "1/s"));
        _rows.Add(new("confirmed publishing to a quorum queue", await Limits.Publish(stack, TimeSpan.FromSeconds(5)), "1/s"));
    }

    // a desk at work, ten calls and ten look-ups a second, among 64 strangers of each sort; at the limits that a platform has by default
    private async Task Hostile(Platform platform, Stack? stack)
    {
        if (stack is not null) await stack.Restart(ordinaryLimits: true);
        await AmongStrangers(platform);
        if (stack is not null) await stack.Restart(ordinaryLimits: false);
    }

    private async Task AmongStrangers(Platform platform)
    {
        // the first seconds are of code that is compiled while it runs
        await Generator.AtRate(20, TimeSpan.FromSeconds(options.Quick ? 15 : 30), platform.Register);
        await using var hostile = new HostileConnections(platform.Gateway, await platform.Token("supervisor"));
        await hostile.Begin(64);
        var areas = () => platform.Operator.Read("/api/catalog/areas");
        var desk = await Generator.AtRate(20, Long, n => n % 2 == 0 ? platform.Register(n) : areas());
        var p99 = desk.Latencies.At(99);
        _rows.Add(new("an operator's requests among 64 hostile connections of each sort, p99", p99, "ms", null, "<= 500"));
        Spread("among hostile connections", desk);
    }

    private async Task Lifecycle(Platform platform, Stack? stack)
    {
        await using var story = await Story.Open(platform);
        var use = stack is null ? null : new Processes(stack.State);
        var before = use?.Look();
        var most = await Saturated(story);
        _rows.Add(new("lifecycles per second, whole platform, everything final", most.Rate, "1/s", null, ">= 60"));
        Spread("lifecycle, saturated", most);
        Cost("lifecycle", before, use?.Look(), most);

        await using var live = new LiveBench(platform, await platform.Token("operator"), Operators);
        story.Accepting = live.Accepting;
        using var end = new CancellationTokenSource();
        var lag = stack is null ? null : Lag(stack, end.Token);
        var half = await Generator.AtRate(most.Rate / 2, Long * 2, story.Play);
        var memory = use?.Look();
        await end.CancelAsync();
        _rows.Add(new($"vendor's accept to the operator's stream, {Operators} operators, p99 at half load",
            live.Latencies.At(99), "ms", null, "<= 100"));
        if (lag is not null) _rows.Add(new("outbox lag p99 at half load", (await lag).At(99), "ms", null, "<= 50"));
        if (memory is not null) _rows.Add(new("memory of all .NET processes at half load",
            memory.Where(m => m.Key is not ("postgres" or "rabbitmq")).Sum(m => m.Value.Now) / 1024, "GiB", null, "<= 1.5"));
        Spread("lifecycle at half load", half);
        foreach (var (why, times) in live.Latencies.Errors) _rows.Add(new($"streams that failed: {why}", times, ""));
    }

    // what counts is what has come to its end everywhere, the backlog worked off
    private async Task<Run> Saturated(Story story)
    {
        var begun = Stopwatch.GetTimestamp();
        var run = await Generator.Saturate(Clients, Long, story.Play);
        await story.Settle();
        return run with { Rate = run.Latencies.Count / Stopwatch.GetElapsedTime(begun).TotalSeconds };
    }

    /// <summary>Age of the oldest event in any outbox, looked at again and again.</summary>
    private static async Task<Latencies> Lag(Stack stack, CancellationToken end)
    {
        var latencies = new Latencies();
        await Task.WhenAll(PlatformServices.Databases.Select(async database =>
        {
            await using var connection = new NpgsqlConnection(stack.Postgres(database));
            await connection.OpenAsync(CancellationToken.None);
            await using var command = new NpgsqlCommand("select coalesce(extract(epoch from clock_timestamp() - min(at)), 0)::float8 "
                + "from outbox", connection);
            await command.PrepareAsync(CancellationToken.None);
            while (!end.IsCancellationRequested)
            {
                latencies.Add(TimeSpan.FromSeconds((double)(await command.ExecuteScalarAsync(CancellationToken.None))!));
                await Task.Delay(100, CancellationToken.None);
            }
        }));
        return latencies;
    }

    private async Task Growth(Platform platform, Stack stack)
    {
        async Task<Run> Rate()
        {
            await using var story = await Story.Open(platform);
            await Saturated(story); // after a filling its pages are in the caches, in place of those that are used in life
            return await Saturated(story);
        }
        var empty = await Rate();
        var before = 0;
        foreach (var past in options.Quick ? [200_000] : (int[])[1_000_000, 10_000_000])
        {
            await Past.Fill(stack, before + 1, past);
            before = past;
            var full = await Rate();
            _rows.Add(new($"lifecycle rate with {(past / 1e6).ToString("0.#", CultureInfo.InvariantCulture)} M past requests, against few",
                full.Rate, "1/s", empty.Rate, past == 10_000_000 ? ">= 0.85" : null));
        }
    }

    private async Task Vendors(Platform platform, Stack stack)
    {
        Latencies? few = null;
        var most = options.Quick ? 100_000 : 1_000_000;
        foreach (var count in ((int[])[DemoVendors, 10_000, most]).Where(c => c >= options.Vendors))
        {
            await Past.Vendors(stack, count);
            await Generator.Saturate(4, TimeSpan.FromSeconds(3), n => MatchOne(platform, n));
            var full = await Generator.Saturate(Clients, TimeSpan.FromSeconds(4), n => MatchOne(platform, n));
            var half = await Generator.AtRate(full.Rate / 2, Long, n => MatchOne(platform, n));
            few ??= half.Latencies;
            _rows.Add(new($"match with {Count(count)} vendors, p99 at half of saturation ({full.Rate:0}/s)", half.Latencies.At(99), "ms",
                few == half.Latencies ? null : few.At(99), count == most ? "<= 3" : null));
        }
    }

    private static string Count(int number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    private void Spread(string what, Run run)
    {
        foreach (var percent in (double[])[50, 95, 99, 99.9])
            _rows.Add(new($"{what}, p{percent.ToString(CultureInfo.InvariantCulture)}", run.Latencies.At(percent), "ms"));
        foreach (var (why, times) in run.Latencies.Errors) _rows.Add(new($"{what}, failed: {why}", times, ""));
    }

    private void Cost(string what, Dictionary<string, Use>? before, Dictionary<string, Use>? after, Run run)
    {
        if (before is null || after is null) return;
        foreach (var (name, use) in after.OrderBy(a => a.Key))
        {
            _rows.Add(new($"{what}: processor time of {name} for 1,000",
                (use.Cpu - (before.GetValueOrDefault(name)?.Cpu ?? 0)) / run.Latencies.Count * 1000, "s"));
            _rows.Add(new($"{what}: largest memory of {name}", use.Peak, "MiB"));
        }
    }

    private async Task Step(string name, Func<Task> run)
    {
        var task = progress.AddTask(name, maxValue: 1);
        task.IsIndeterminate = true;
        await run();
        task.Description = $"{name} ({task.ElapsedTime?.TotalSeconds:0} s)";
        task.IsIndeterminate = false;
        task.Value = 1;
    }
}

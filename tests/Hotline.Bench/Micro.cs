using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Hotline.Catalogue;
using Hotline.Contracts.Intake;
using Hotline.Dispatch.Copies;
using Hotline.Dispatch.Orders;
using Hotline.Messaging;
using Hotline.VendorRegistry.Matching;
using Hotline.Wire.Vendors;
using Npgsql;

namespace Hotline.Bench;

/// <summary>The platform's own steps by themselves, without network or load beside them (the outbox with its database).</summary>
public class Micro
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);
    private readonly Candidate[] _candidates = [.. Enumerable.Range(0, 200).Select(n => new Candidate(Guid.CreateVersion7(Now), $"演示 {n}",
        "057700000000", Standing.Active, n % 3 == 0, 50 + n % 40, 200, "次",
        60 + n % 40, 3 + n % 20 / 10.0, 0.8 + n % 20 / 100.0, n, n % 5, Now.AddHours(-n % 30)))];
    private readonly RequestCopy _request = new() { Number = "RA-20261124-000042", CategoryCode = "drains.unclog-drain" };
    private readonly VendorCopy _vendor = new() { Name = "演示" };
    private readonly string _said = "厨房的下水好像又堵了";
    private NpgsqlDataSource? _database;
    private Work? _work;
    private RequestRegistered? _event;

    /// <summary>Where the outbox is written to: the connection string of a database of intake's.</summary>
    internal static string Database { get; set; } = "";

    /// <summary>Times all of them.</summary>
    /// <param name="database">The connection string of intake's database;
    /// the outbox is written in a schema of its own, which no relay reads.</param>
    public static async Task<IReadOnlyList<Row>> Run(string database)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await source.CreateCommand("drop schema if exists micro cascade; create schema micro; "
            + "create table micro.outbox (like public.outbox including all)").ExecuteNonQueryAsync();
        Database = $"{database};Search Path=micro;Max Auto Prepare=100;No Reset On Close=true";
        var folder = Directory.CreateTempSubdirectory("hotline-micro");
        try
        {
            var summary = BenchmarkRunner.Run<Micro>(ManualConfig.CreateEmpty()
                .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)).AddLogger(NullLogger.Instance)
                .AddColumnProvider(BenchmarkDotNet.Columns.DefaultColumnProviders.Instance).WithOptions(ConfigOptions.DisableLogFile)
                .WithArtifactsPath(folder.FullName));
            return [.. summary.Reports.Select(r => new Row($"micro: {r.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\'')}",
                (r.ResultStatistics ?? throw new InvalidOperationException($"{r.BenchmarkCase.DisplayInfo} did not run")).Mean / 1000,
                "µs"))];
        }
        finally
        {
            folder.Delete(true);
            await source.CreateCommand("drop schema micro cascade").ExecuteNonQueryAsync();
        }
    }

    [GlobalSetup(Target = nameof(Write))]
    public void Open()
    {
        _database = NpgsqlDataSource.Create(Database);
        _work = new(_database, new OutboxSignal());
        _event = new(Guid.CreateVersion7(Now), "RA-20261124-000042", 1, "phone", "12345", new('x', 220), "330381001", "drains.unclog-drain",
            "厨房下水道堵了", "normal", "operator", Now);
    }

    [GlobalCleanup(Target = nameof(Write))]
    public void Close() => _database!.Dispose();

    [Benchmark(Description = "find the category of what a citizen said")]
    public SearchResult Search() => ServiceCatalogue.Current.Search(_said);

    [Benchmark(Description = "rank 200 candidates")]
    public IReadOnlyList<Ranked> Rank() => Ranking.Rank(_candidates, Now);

    [Benchmark(Description = "an order's seven decisions, offer to completion")]
    public Order Decide() => Order.Offer(_candidates[0].VendorId, _request, _vendor, TimeSpan.FromMinutes(1), null, "operator", Now).State
        .Accept(TimeSpan.FromMinutes(10), "vendor", Now).State.Contact(null, "vendor", Now)
        .State.ProposeQuote(120, null, "vendor", Now).State.AcceptQuote(120, "operator", Now).State
        .Arrive("vendor", Now).State.Complete(120, "已疏通", 30, "vendor", Now).State;

    [Benchmark(Description = "write an event to the outbox and commit")]
    public Task Write()
    {
        _work!.Tell(_event!);
        return _work.Commit();
    }
}

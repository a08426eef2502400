using System.Threading.Channels;
using Hotline.Reconciliation;
using Hotline.Wire.Operations;
using Microsoft.Extensions.Options;

namespace Hotline.Evaluation.Reconciliations;

/// <summary>Compares the services' books where somebody asked for it at this process. Of all processes one does so at a time.</summary>
public sealed class ReconciliationRun(
    ReconciliationStore store, PlatformBooks books, IOptions<ReconciliationOptions> options, TimeProvider clock,
    ILogger<ReconciliationRun> log) : BackgroundService
{
    /// <summary>So many findings are kept of a run.</summary>
    public const int MostFindings = 200;

    private readonly Channel<Asked> _asked = Channel.CreateUnbounded<Asked>();

    private sealed record Asked(Guid Id, string Authorization);

    private sealed class Progress
    {
        public int Looks { get; set; }

        public int EntriesRead { get; set; }
    }

    /// <summary>Begins a run that has been noted.</summary>
    /// <param name="authorization">The caller's header; it is kept for as long as the run lasts.</param>
    public void Begin(Guid id, string authorization) => _asked.Writer.TryWrite(new(id, authorization));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var asked in _asked.Reader.ReadAllAsync(stoppingToken))
        {
            var end = await Compare(asked, stoppingToken);
            try { await store.End(asked.Id, clock.GetUtcNow(), end, CancellationToken.None); }
            // it is silent, and counts as stopped soon
            catch (Exception e) { log.LogError(e, "How reconciliation {Id} ended could not be noted", asked.Id); }
        }
    }

    private async Task<RunEnd> Compare(Asked asked, CancellationToken stopping)
    {
        using var late = new CancellationTokenSource(options.Value.Longest, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping, late.Token);
        var progress = new Progress();
        var said = SayHowFar(asked.Id, progress, limit);
        try
        {
            var reconciled = await Reconciler.Run(() => Read(asked.Authorization, progress, limit.Token), new([], false),
                options.Value.Patience, clock, limit.Token);
            return new(null, Figures: Figures(reconciled), Findings: Findings(reconciled));
        }
        catch (UnreadableException e)
        {
            log.LogWarning(e, "Reconciliation {Id} ended early", asked.Id);
            return new(e.Reason, e.Service);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return new(late.IsCancellationRequested && !stopping.IsCancellationRequested ? "late" : "stopped");
        }
        catch (Exception e)
        {
            log.LogError(e, "Reconciliation {Id} broke", asked.Id);
            return new("broken");
        }
        finally
        {
            await limit.CancelAsync();
            await said;
        }
    }

    private Task<Hotline.Reconciliation.Books> Read(string authorization, Progress progress, CancellationToken stop)
    {
        progress.Looks++;
        progress.EntriesRead = 0;
        return BookReader.Read(path => books.Get(path, authorization, stop), clock, entries =>
        {
            progress.EntriesRead += entries;
            if (progress.EntriesRead > options.Value.MostEntries) throw new UnreadableException("large");
        });
    }

    // each second, until the run is over; where it counts as ended, it ends
    private async Task SayHowFar(Guid id, Progress progress, CancellationTokenSource limit)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        try
        {
            do
            {
                try
                {
                    if (!await store.GoesOn(id, progress.Looks, progress.EntriesRead, limit.Token)) await limit.CancelAsync();
                }
                catch (Exception e) when (Queries.IsAway(e)) { log.LogDebug(e, "How far reconciliation {Id} is could not be noted", id); }
            } while (await timer.WaitForNextTickAsync(limit.Token));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested) { } // it is over
    }

    private static ReconciliationFigures Figures(Reconciled reconciled)
    {
        var counted = reconciled.Counted.Where(c => c.Key is not null).ToDictionary(c => c.Key!, c => c.Count);
        int Of(Fault fault) => reconciled.Findings.Count(f => f.Fault == fault);
        return new(counted["requests"], counted["orders"], counted["callbacks"], counted["timeline"],
            Of(Fault.Missing), Of(Fault.Doubled), Of(Fault.Stuck), Of(Fault.Disagreeing));
    }

    private static KeptFinding[] Findings(Reconciled reconciled)
    {
        var expected = Reconciler.Rules.ToDictionary(rule => rule.Name, rule => rule.Expected);
        return [.. reconciled.Findings.Take(MostFindings).Select(finding =>
        {
            var request = reconciled.RequestOf(finding);
            return new KeptFinding(finding.Fault.ToString().ToLowerInvariant(), finding.Rule, finding.Subject, request,
                request is { } known ? reconciled.NumberOf(known) : null,
                finding.Kind == "vendor" ? Guid.Parse(finding.Name) : null, expected[finding.Rule], finding.Found);
        })];
    }
}

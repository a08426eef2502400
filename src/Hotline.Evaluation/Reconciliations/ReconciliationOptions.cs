using System.ComponentModel.DataAnnotations;

namespace Hotline.Evaluation.Reconciliations;

/// <summary>Settings under Reconciliation.</summary>
public sealed class ReconciliationOptions
{
    /// <summary>How long a run may take.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Longest { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>For how long a difference may last.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Entries of all ledgers that a run holds at most. What differs is held too: where all do, 900,000 took 800 MiB.</summary>
    [Range(1, 100_000_000)]
    public int MostEntries { get; init; } = 500_000;
}

using System.Globalization;
using System.Text;

namespace Hotline.Faults.Tests;

/// <summary>One kind of fault and what it did.</summary>
/// <param name="Injected">How many times.</param>
/// <param name="Errors">Tries of clients that failed meanwhile, by what they were told.</param>
/// <param name="Away">Longest time during which a service answered nothing.</param>
/// <param name="Recovery">From the end of the fault until every process said that it is well.</param>
public sealed record FaultRow(string Kind, int Injected, IReadOnlyDictionary<string, int> Errors, TimeSpan Away, TimeSpan Recovery);

/// <summary>The suite's table, for deploy/test to print.</summary>
public sealed class Report
{
    private readonly StringBuilder _text = new();

    public void Add(IReadOnlyList<FaultRow> rows)
    {
        _text.AppendLine(CultureInfo.InvariantCulture, $"{"fault",-58} {"times",5} {"client errors",-34} {"away, s",8} {"recovery, s",11}");
        foreach (var row in rows)
        {
            var errors = row.Errors.Count == 0 ? "0"
                : $"{row.Errors.Values.Sum()} ({string.Join(", ", row.Errors.OrderBy(e => e.Key).Select(e => $"{e.Key}: {e.Value}"))})";
            _text.AppendLine(CultureInfo.InvariantCulture,
                $"{row.Kind,-58} {row.Injected,5} {errors,-34} {row.Away.TotalSeconds,8:0.0} {row.Recovery.TotalSeconds,11:0.0}");
        }
    }

    public void Add(string line) => _text.AppendLine(line);

    public void Save() =>
        File.WriteAllText(Path.Combine(Environment.GetEnvironmentVariable("HOTLINE_TEST_STATE")!, "log", "faults.txt"), _text.ToString());
}

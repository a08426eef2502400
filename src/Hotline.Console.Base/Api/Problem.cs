using System.Globalization;

namespace Hotline.Console.Api;

/// <summary>RFC 9457 problem details, or what stands for them where no answer came.</summary>
/// <param name="Status">0 = no answer.</param>
/// <param name="Lines">Of an import: what is wrong with which line.</param>
public sealed record Problem(
    int Status, string? Code, string? Title, string? Detail, IReadOnlyDictionary<string, string[]>? Errors,
    string? TraceId, string? CurrentStatus, IReadOnlyList<ImportFault>? Lines = null)
{
    /// <summary>All of it in one line.</summary>
    public string Says => Errors is { Count: > 0 } ? string.Join(";", Errors.Values.SelectMany(e => e).Distinct())
        : Detail ?? Title ?? Status.ToString(CultureInfo.InvariantCulture);

    /// <summary>What the ops team can look for; none where somebody only mistyped.</summary>
    public string? Trace => Errors is { Count: > 0 } || TraceId is not { Length: > 0 } ? null : TraceId;

    /// <summary>Without what is wrong with these fields; null where nothing is left.</summary>
    public Problem? Besides(string[] fields)
    {
        if (fields.Length == 0 || Errors is not { Count: > 0 }) return this;
        var left = Errors.Where(e => !fields.Contains(e.Key, StringComparer.OrdinalIgnoreCase)).ToDictionary();
        return left.Count == 0 ? null : this with { Errors = left };
    }

    /// <summary>What is wrong with a field; null where nothing is.</summary>
    public string? Of(string field) =>
        Errors?.FirstOrDefault(e => string.Equals(e.Key, field, StringComparison.OrdinalIgnoreCase)).Value?.FirstOrDefault();
}

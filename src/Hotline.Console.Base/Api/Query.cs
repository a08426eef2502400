namespace Hotline.Console.Api;

/// <summary>Addresses with filters.</summary>
public static class Query
{
    /// <summary>The path with those values that are given; blank ones are none.</summary>
    public static string Of(string path, params ReadOnlySpan<(string Name, string? Value)> values)
    {
        var mark = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        foreach (var (name, value) in values)
        {
            if (string.IsNullOrWhiteSpace(value)) continue;
            path += $"{mark}{name}={Uri.EscapeDataString(value.Trim())}";
            mark = '&';
        }
        return path;
    }
}

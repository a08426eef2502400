using Hotline.Console.Api;

namespace Hotline.Console.Shared;

/// <summary>Filters of a list, by the names that they have in the address.</summary>
public sealed class AddressFilters(params string[] names)
{
    private readonly Dictionary<string, string> _values = names.ToDictionary(name => name, _ => "");

    /// <summary>Blank where nothing is asked for.</summary>
    public string this[string name]
    {
        get => _values[name];
        set => _values[name] = value ?? "";
    }

    public bool Any => _values.Values.Any(value => !string.IsNullOrWhiteSpace(value));

    /// <summary>For <see cref="Query.Of"/>.</summary>
    public (string, string?)[] Values => [.. _values.Select(v => (v.Key, (string?)v.Value))];

    /// <summary>The path with the filters behind it.</summary>
    public string Write(string path) => Query.Of(path, Values);

    public void Read(string address)
    {
        foreach (var name in _values.Keys.ToArray()) _values[name] = ValueIn(address, name) ?? "";
    }

    /// <summary>The same filters with the values of an address.</summary>
    public AddressFilters In(string address)
    {
        var there = new AddressFilters([.. _values.Keys]);
        there.Read(address);
        return there;
    }

    public void Clear()
    {
        foreach (var name in _values.Keys.ToArray()) _values[name] = "";
    }

    /// <summary>A parameter of an address; null where it has none.</summary>
    public static string? ValueIn(string address, string name)
    {
        var at = address.IndexOf('?', StringComparison.Ordinal);
        if (at < 0) return null;
        foreach (var pair in address[(at + 1)..].Split('#')[0].Split('&'))
        {
            var parts = pair.Split('=', 2);
            if (parts.Length == 2 && parts[0] == name && parts[1].Length > 0) return Uri.UnescapeDataString(parts[1].Replace('+', ' '));
        }
        return null;
    }
}

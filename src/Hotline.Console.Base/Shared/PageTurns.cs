namespace Hotline.Console.Shared;

/// <summary>Where the pages of lists begin that were turned to: the API's cursors lead onwards only, people go back as well.</summary>
public sealed class PageTurns
{
    private readonly Dictionary<string, string> _cursors = [];

    /// <param name="page">The list with its filters, and the number of the page.</param>
    public void Add(string page, string cursor) => _cursors[page] = cursor;

    /// <summary>Null where it was never turned to; the first page has none.</summary>
    public string? Of(string page) => _cursors.GetValueOrDefault(page);
}

using Hotline.Console.Api;
using Hotline.Console.Live;

namespace Hotline.Console.Shared;

/// <summary>A list that the server pages and filters, kept current.</summary>
public abstract class PagedComponent<T> : LiveComponent
{
    /// <summary>What is shown; null before the first answer.</summary>
    protected Page<T>? Shown { get; set; }

    protected Problem? Problem { get; set; }

    /// <summary>Which page; null = the first.</summary>
    protected string? Cursor { get; private set; }

    /// <summary>What is asked of the server for the list: a newer filter or page ends the asking for an older one.</summary>
    protected LatestOnly Asking { get; } = new();

    protected Pager? Pager { get; set; }

    /// <summary>The first page with the filters as they are.</summary>
    protected Task Search()
    {
        Pager?.Reset();
        return Turn(null);
    }

    protected async Task Turn(string? cursor)
    {
        Cursor = cursor;
        await Load();
    }

    protected override void Dispose(bool disposing)
    {
        Asking.Dispose();
        base.Dispose(disposing);
    }
}

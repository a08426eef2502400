using Hotline.Console.Api;
using Hotline.Console.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace Hotline.Console.Shared;

/// <summary>A page with a list that the server filters and pages, kept current. Its filters and its page are in the address: they survive a
/// reload, Back leads to them, and an address can be given to somebody else.</summary>
public abstract class ListPage<T> : LiveComponent
{
    private const string CursorName = "cursor", PageName = "page";
    private string _asked = "";

    /// <param name="filters">What the address may hold.</param>
    protected ListPage(params string[] filters) => Filters = new(filters);

    /// <param name="gather">How long changes are gathered before it loads anew.</param>
    /// <param name="filters">What the address may hold.</param>
    protected ListPage(TimeSpan gather, params string[] filters) : base(gather) => Filters = new(filters);

    [Inject] public NavigationManager Navigation { get; set; } = null!;
    [Inject] public PageTurns Turns { get; set; } = null!;

    /// <summary>As they are typed; in the address once they are searched for.</summary>
    protected AddressFilters Filters { get; }

    /// <summary>What is shown; null before the first answer.</summary>
    protected Page<T>? Shown { get; set; }

    protected Problem? Problem { get; set; }

    /// <summary>Where the page begins that is shown; null = at the beginning.</summary>
    protected string? Cursor { get; private set; }

    /// <summary>From 1.</summary>
    protected int PageNumber { get; private set; } = 1;

    /// <summary>What is asked of the server for the list: a newer filter or page ends the asking for an older one.</summary>
    protected LatestOnly Asking { get; } = new();

    protected override Task OnInitializedAsync()
    {
        Read();
        Navigation.LocationChanged += Moved;
        return base.OnInitializedAsync();
    }

    /// <summary>Where the list is a file: with the filters that are in the address.</summary>
    /// <param name="list">Of the API.</param>
    protected string ExportOf(string list) => Filters.In(_asked).Write($"{list}/export");

    /// <summary>The first page with the filters as they are.</summary>
    protected async Task Search()
    {
        var path = Filters.Write(Path);
        if (path == Navigation.ToBaseRelativePath(Navigation.Uri)) await Load();
        else Navigation.NavigateTo(path);
    }

    protected Task Choose(string filter, string? value)
    {
        Filters[filter] = value ?? "";
        return Search();
    }

    protected void Next()
    {
        if (Shown?.NextCursor is not { } next) return;
        Turns.Add(Turn(PageNumber + 1), next);
        Go(PageNumber + 1, next);
    }

    // a page that was come to by its address knows the first page only
    protected void Back() => Go(Turns.Of(Turn(PageNumber - 1)) is null ? 1 : PageNumber - 1, Turns.Of(Turn(PageNumber - 1)));

    /// <summary>Whether the address still leads to this list: of a page with tabs only one is shown.</summary>
    protected virtual bool IsShown => true;

    private string Path => Navigation.ToBaseRelativePath(Navigation.Uri).Split('?', '#')[0];

    private string Turn(int page) => $"{Filters.Write(Path)}#{page}";

    private void Go(int page, string? cursor)
    {
        Filters.Read(Navigation.Uri); // what is typed and not searched for yet does not count
        Navigation.NavigateTo(Query.Of(Filters.Write(Path), (CursorName, cursor), (PageName, page > 1 ? $"{page}" : null)));
    }

    private void Read()
    {
        _asked = Navigation.Uri;
        Filters.Read(_asked);
        Cursor = AddressFilters.ValueIn(_asked, CursorName);
        PageNumber = int.TryParse(AddressFilters.ValueIn(_asked, PageName), out var page) && page > 1 && Cursor is not null ? page : 1;
    }

    private void Moved(object? sender, LocationChangedEventArgs to)
    {
        if (Navigation.Uri == _asked || new Uri(Navigation.Uri).AbsolutePath != new Uri(_asked).AbsolutePath || !IsShown) return;
        Read();
        InvokeAsync(async () =>
        {
            await Load();
            StateHasChanged();
        });
    }

    protected override void Dispose(bool disposing)
    {
        Navigation.LocationChanged -= Moved;
        Asking.Dispose();
        base.Dispose(disposing);
    }
}

using Hotline.Console.Api;
using Hotline.Console.Layout;
using Hotline.Console.Session;
using Hotline.Console.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using MudBlazor;

namespace Hotline.Console.Palette;

/// <summary>Pages and actions are offered as one types, at once; what the services find comes below them, so that nothing moves away under
/// the person's hands.</summary>
public sealed partial class CommandPalette : IDisposable
{
    private const int MostRequests = 8, MostVendors = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(120);

    private readonly LatestOnly _finding = new();
    private IReadOnlyList<Offering> _items = [], _found = [];
    private Problem? _problem;
    private IDisposable? _keys;
    private string _text = "";
    private int _active;
    private bool _open, _shown, _searching, _moved, _opensFirst, _more;

    /// <summary>Pages of the role.</summary>
    [Parameter, EditorRequired] public required Place[] Pages { get; set; }

    /// <summary>Begins the tour.</summary>
    [Parameter, EditorRequired] public required Func<Task> Tour { get; set; }

    [Inject] public ApiClient Api { get; set; } = null!;
    [Inject] public IJSRuntime Js { get; set; } = null!;
    [Inject] public Keys Keys { get; set; } = null!;
    [Inject] public NavigationManager Navigation { get; set; } = null!;
    [Inject] public Recents Recents { get; set; } = null!;
    [Inject] public SessionState Session { get; set; } = null!;

    private bool FindsRequests => Pages.Any(p => p.Name == "Requests");

    private bool FindsVendors => Pages.Any(p => p.Name == "Vendors");

    private string Placeholder => T[FindsVendors ? "Palette.AskVendors" : FindsRequests ? "Palette.Ask" : "Palette.AskPages"];

    protected override void OnInitialized() => _keys = Keys.Add(new Shortcut("Ctrl+K", "Palette.Title", Toggle, Everywhere: true));

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_open && !_shown) await Js.InvokeVoidAsync("hotline.focus", "palette");
        _shown = _open;
    }

    /// <summary>Opens it, or closes it.</summary>
    public async Task Toggle()
    {
        if (_open) Close();
        else if (!Session.Expired)
        {
            (_open, _text, _found, _more, _problem) = (true, "", [], false, null);
            await Recents.All();
            await Offer();
        }
        StateHasChanged();
    }

    private void Close()
    {
        _finding.Begin();
        (_open, _searching, _opensFirst) = (false, false, false);
    }

    private async Task Typed(string text)
    {
        (_text, _active, _moved, _opensFirst) = (text, 0, false, false);
        _finding.Begin();
        var words = text.Trim();
        _searching = words.Length > 0 && (FindsRequests || FindsVendors);
        if (!_searching) (_found, _more, _problem) = ([], false, null);
        await Offer();
        if (!_searching || text != _text) return;
        await _finding.After(Pause, async stop =>
        {
            var (requests, vendors) = (Requests(words, stop), Vendors(words, stop));
            await Task.WhenAll(requests, vendors);
            if (stop.IsCancellationRequested) return;
            (_searching, _problem) = (false, (await requests).Problem ?? (await vendors).Problem);
            _found = [.. (await requests).Value?.Items.Select(Of) ?? [], .. (await vendors).Value?.Items.Select(Of) ?? []];
            _more = (await requests).Value?.NextCursor is not null || (await vendors).Value?.NextCursor is not null;
            await Offer();
            if (_opensFirst && _items.Count > 0) await Open(_items[0]);
        });
    }

    private Task<Answer<Page<RequestView>>> Requests(string words, CancellationToken stop) =>
        Find<RequestView>(FindsRequests, "/api/intake/requests", words, MostRequests, stop);

    private Task<Answer<Page<VendorView>>> Vendors(string words, CancellationToken stop) =>
        Find<VendorView>(FindsVendors, "/api/vendors", words, MostVendors, stop);

    private Task<Answer<Page<TView>>> Find<TView>(bool may, string path, string words, int most, CancellationToken stop) =>
        may ? Api.Get<Page<TView>>(Query.Of(path, ("q", words), ("limit", $"{most}")), stop)
            : Task.FromResult(new Answer<Page<TView>>(null, null));

    private async Task Offer()
    {
        var words = _text.Trim();
        bool Fits(params string[] names) => names.Any(n => n.Contains(words, StringComparison.CurrentCultureIgnoreCase));
        var recent = words.Length == 0 ? (await Recents.All()).Select(Of) : [];
        // a page that the shortcuts lead to is a page
        var actions = Keys.All.Where(s => s.Text != "Palette.Title" && !s.Text.StartsWith("Page.", StringComparison.Ordinal))
            .Select(s => new Offering("action", T[s.Text], "", Icons.Material.Outlined.Bolt, s.Key, s.Do));
        actions = actions.Append(new("action", T["Tour.Again"], "", Icons.Material.Outlined.Bolt, null, Tour));
        var pages = Pages.Where(p => Fits(T[$"Page.{p.Name}"], p.Path)).Select(Of);
        _items = [.. recent, .. actions.Where(a => Fits(a.Title)), .. pages, .. _found];
        _active = Math.Min(_active, Math.Max(0, _items.Count - 1));
    }

    private Offering Of(Recent r)
    {
        var place = Pages.FirstOrDefault(p => r.Group == "page" && p.Path == r.Path);
        return new("recent", place is null ? r.Title : T[$"Page.{place.Name}"], T[$"Palette.{r.Group}"],
            Icons.Material.Outlined.History, null, () => GoTo(r));
    }

    private Offering Of(Place place) => new("page", T[$"Page.{place.Name}"], "", place.Icon, $"Alt+{place.Key}",
        () => GoTo(new("page", place.Path, place.Name)));

    private Offering Of(RequestView r) => new("request", r.Number, string.Join(" · ", ((string[])[T[$"Request.{r.Status.ToWire()}"],
        r.CategoryName, $"{r.Caller.Name} {Format.Phone(r.Caller.Phone)}", r.AreaName]).Select(part => part.Trim())),
        Icons.Material.Outlined.Assignment, null, () => GoTo(new("request", $"requests/{r.Id}", r.Number)), IsFound: true);

    private Offering Of(VendorView v) => new("vendor", v.Name, v.Standing is { } standing ? T[$"Standing.{standing.ToWire()}"]
        : T[$"Admission.{v.Admission.ToWire()}"], Icons.Material.Outlined.Storefront, null,
        () => GoTo(new("vendor", $"vendors/{v.Id}", v.Name)), IsFound: true);

    private Task Pressed(KeyboardEventArgs key) => key switch
    {
        { IsComposing: true } => Task.CompletedTask, // Enter takes a word of the input method
        { Key: "Escape" } => Do(Close),
        { Key: "ArrowDown" } => Move(1),
        { Key: "ArrowUp" } => Move(-1),
        { Key: "Enter" } => Enter(),
        _ => Task.CompletedTask,
    };

    // who types a number and presses Enter at once wants what will be found, not what was found before
    private Task Enter()
    {
        _opensFirst = _searching && !_moved && (_items.Count == 0 || _items[_active].IsFound);
        return _opensFirst || _items.Count == 0 ? Task.CompletedTask : Open(_items[_active]);
    }

    private async Task Move(int by)
    {
        if (_items.Count == 0) return;
        (_active, _moved) = ((_active + by + _items.Count) % _items.Count, true);
        await Js.InvokeVoidAsync("hotline.reveal", $"palette-{_active}");
    }

    private Task Open(Offering item)
    {
        Close();
        StateHasChanged();
        return item.Open();
    }

    private async Task GoTo(Recent opened)
    {
        await Recents.Add(opened);
        Navigation.NavigateTo(opened.Path);
    }

    private static Task Do(Action act)
    {
        act();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _keys?.Dispose();
        _finding.Dispose();
    }
}

/// <summary>Something that the palette offers.</summary>
/// <param name="Group">recent, action, page, request or vendor.</param>
/// <param name="Key">The shortcut that does the same.</param>
/// <param name="IsFound">By a service, for words that may be others by now.</param>
public sealed record Offering(
    string Group, string Title, string Detail, string Icon, string? Key, Func<Task> Open, bool IsFound = false);

using System.Text.Json;
using Hotline.Console.Api;
using Hotline.Console.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Hotline.Console.Workbench;

/// <summary>A call is taken down while the vendors that fit appear beside it;
/// then the request is registered and offered in one go.</summary>
public sealed partial class WorkbenchPage : IDisposable
{
    private const string Kept = "hotline.call";
    private const int Fewest = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(60);

    private CallDraft _draft = new();
    private IReadOnlyList<string> _dialled = ["12345"];
    private MatchView? _match;
    private Problem? _problem, _matchProblem;
    private RequestView? _last;
    private string _lastVendor = "";
    private int _chosen;
    private CallDraft? _wiped;
    private IDisposable? _undo;
    private VendorChoice? _named;
    private bool _busy, _areaTyped; // past an area that nobody typed one only passes by
    private readonly LatestOnly _finding = new();
    private IDisposable? _keys;

    [Inject] public ApiClient Api { get; set; } = null!;
    [Inject] public Catalogue Catalogue { get; set; } = null!;
    [Inject] public Keys Keys { get; set; } = null!;
    [Inject] public IJSRuntime Js { get; set; } = null!;
    [Inject] public Feed Feed { get; set; } = null!;

    private VendorChoice? Chosen => _named ?? (_match is { } match && _chosen < match.Items.Count
        ? new(match.Items[_chosen].VendorId, match.Items[_chosen].Name) : null);

    private AreaView? Area => Catalogue.Areas.FirstOrDefault(a => a.Code == _draft.AreaCode);

    private bool Ambiguous => _draft.CategoryCode is null && _match is { Ambiguous: true };

    /// <summary>What is still to be asked, as the fields stand; the words themselves where nothing is.</summary>
    private string Next => string.IsNullOrWhiteSpace(_draft.Phone) ? "phone" : string.IsNullOrWhiteSpace(_draft.Keyword) ? "keyword"
        : _draft.AreaCode is null ? "area" : string.IsNullOrWhiteSpace(_draft.Address) ? "address" : "description";

    // what the vendor reads: letters are how an operator types, not what the citizen said
    private string Wanted => !string.IsNullOrWhiteSpace(_draft.Description) ? _draft.Description
        : _draft.Keyword.Any(c => c > '\u2e7f') ? _draft.Keyword
        : Catalogue.Categories.FirstOrDefault(c => c.Code == (_draft.CategoryCode ?? _match?.Category?.Code))?.Name ?? _draft.Keyword;

    private string Fit => _match?.Category is { } fit && _draft.Keyword.Length > 0 ? $"→ {fit.Name}" : T["Workbench.KeywordHint"];

    protected override async Task OnInitializedAsync()
    {
        _keys = Keys.Add(
            new("Alt+N", "Workbench.New", StartAnew), new("Alt+Z", "Key.Undo", TakeBack),
            new("Ctrl+Enter", "Key.Offer", RegisterAndOffer),
            new("Ctrl+Shift+Enter", "Workbench.Register", RegisterOnly),
            new("Alt+Up", "Key.Up", () => Move(-1)), new("Alt+Down", "Key.Down", () => Move(1)),
            new("Alt+P", "Key.Phone", () => Focus("phone")), new("Alt+K", "Key.Keyword", () => Focus("keyword")));
        if (await Js.InvokeAsync<string?>("hotline.get", Kept) is { } kept
            && JsonSerializer.Deserialize(kept, CallJson.Default.CallDraft) is { } draft) _draft = draft;
        if ((await Api.Get<IntakeSettings>("/api/intake/settings")).Value is { } settings) _dialled = settings.DialledNumbers;
        await Find();
    }

    private async Task Put(Action change)
    {
        change();
        _problem = null;
        NoWayBack();
        await Js.InvokeVoidAsync("hotline.set", Kept, JsonSerializer.Serialize(_draft, CallJson.Default.CallDraft));
    }

    // the next call is taken down, or it was this one again
    private void NoWayBack()
    {
        _undo?.Dispose();
        _undo = null;
    }

    private Task PhoneTyped(string value) => Put(() => _draft.Phone = value);

    private async Task WordTyped(string value)
    {
        await Put(() => (_draft.Keyword, _draft.CategoryCode) = (value, null));
        await Find();
    }

    private async Task AreaChosen(AreaView? area)
    {
        await Put(() => _draft.AreaCode = area?.Code);
        await Find();
    }

    private async Task Choose(CategoryName category)
    {
        await Put(() => _draft.CategoryCode = category.Code);
        await Find();
        StateHasChanged();
        await Focus(Next);
    }

    // lists are masked: the address is in the request itself
    private async Task Reuse(RequestView listed)
    {
        var answer = await Api.Get<RequestView>($"/api/intake/requests/{listed.Id}");
        if (answer.Value is not { } past)
        {
            _problem = answer.Problem;
            return;
        }
        await Put(() => (_draft.Name, _draft.AreaCode, _draft.Address) = (past.Caller.Name, past.AreaCode, past.Address));
        await Find();
    }

    private Task<IEnumerable<AreaView>> FindArea(string? text, CancellationToken stop) => Task.FromResult(
        string.IsNullOrWhiteSpace(text) || text == Area?.Name ? Catalogue.Areas
            : Catalogue.Areas.Where(a => Catalogue.Answers(a, text.Trim())));

    private Task More() => Find(MoreMatches.Furthest);

    // a newer word drops the answer to an older one; who was chosen by name was chosen for what was asked then
    private async Task Find(int most = Fewest)
    {
        if (most == Fewest) _named = null;
        if (_draft.AreaCode is null || string.IsNullOrWhiteSpace(_draft.Keyword) && _draft.CategoryCode is null)
        {
            _finding.Begin();
            (_match, _matchProblem, _chosen) = (null, null, 0);
            return;
        }
        await _finding.After(Pause, async stop =>
        {
            var what = _draft.CategoryCode is { } code ? $"category={code}" : $"q={Uri.EscapeDataString(_draft.Keyword.Trim())}";
            var answer = await Api.Get<MatchView>($"/api/vendors/match?{what}&area={_draft.AreaCode}&limit={most}", stop);
            if (stop.IsCancellationRequested) return;
            var chosen = Chosen?.VendorId;
            (_match, _matchProblem) = (answer.Value, answer.Problem);
            _chosen = Math.Max(0, _match?.Items.ToList().FindIndex(i => i.VendorId == chosen) ?? 0);
        });
    }

    private Task Move(int by)
    {
        if (_match is { Items.Count: > 0 and var count }) (_chosen, _named) = ((_chosen + by + count) % count, null);
        StateHasChanged();
        return Task.CompletedTask;
    }

    private Task RegisterOnly() => Once(async () =>
    {
        if (!await Meant()) return;
        if (await Register() is { } request) await Finish(request, T["Workbench.Unassigned"]);
    });

    private Task RegisterAndOffer() => Once(async () =>
    {
        if (!await Meant() || Chosen is not { } vendor || await Register() is not { } request) return;
        var answer = await Api.Post<OrderView>("/api/dispatch/orders", vendor.Offer(request.Id),
            $"{_draft.Key}-{vendor.VendorId:N}");
        if (answer.Problem is { } problem) _problem = problem; // registered it is: choose another vendor, or come back to it
        else await Finish(request, $"→ {vendor.Name}");
    });

    // a word of several meanings asks which before anybody is sent
    private async Task<bool> Meant()
    {
        if (!Ambiguous) return true;
        await Focus("meaning-0");
        return false;
    }

    private async Task<RequestView?> Register()
    {
        if (_draft.RequestId is { } known) return (await Api.Get<RequestView>($"/api/intake/requests/{known}")).Value;
        var category = _draft.CategoryCode ?? _match?.Category?.Code;
        var answer = await Api.Post<RequestView>("/api/intake/requests", new RegisterInput("phone", _draft.DialledNumber,
            new(_draft.Name, _draft.Phone), _draft.AreaCode, _draft.Address,
            category, category is null ? _draft.Keyword : null, Wanted, _draft.Urgent ? "urgent" : "normal"), _draft.Key);
        // a refused registration is mended and tried again as a new one
        if (answer.Problem is { Status: >= 400 and < 500 }) await Put(() => _draft.Key = Guid.NewGuid().ToString("N"));
        _problem = answer.Problem;
        if (answer.Value is { } request) await Put(() => (_draft.RequestId, _draft.RequestNumber) = (request.Id, request.Number));
        return answer.Value;
    }

    private async Task Finish(RequestView request, string vendor)
    {
        (_last, _lastVendor) = (request, vendor);
        Feed.Done($"{request.Number} {vendor}");
        await Clear();
    }

    // a slip of the finger must not cost a call that is half taken down
    private async Task StartAnew()
    {
        if (!_draft.IsEmpty)
        {
            _wiped = _draft;
            _undo = Feed.Done(T["Workbench.Wiped"], $"{T["Do.Undo"]} Alt+Z", TakeBack);
        }
        await Clear();
    }

    private async Task TakeBack()
    {
        if (_wiped is not { } draft || !_draft.IsEmpty) return;
        _wiped = null;
        await Put(() => _draft = draft);
        StateHasChanged();
        await Find();
        StateHasChanged();
        await Focus("phone");
    }

    private async Task Clear()
    {
        _draft = new() { DialledNumber = _draft.DialledNumber };
        (_problem, _match, _matchProblem, _chosen, _named) = (null, null, null, 0, null);
        await Js.InvokeVoidAsync("hotline.set", Kept, null);
        StateHasChanged();
        await Focus("phone");
    }

    private async Task Once(Func<Task> act)
    {
        if (_busy) return;
        _busy = true;
        StateHasChanged();
        try { await act(); }
        finally { _busy = false; }
        StateHasChanged();
    }

    private Task Focus(string id) => Js.InvokeVoidAsync("hotline.focus", id).AsTask();

    public void Dispose()
    {
        _keys?.Dispose();
        NoWayBack();
        _finding.Dispose();
    }
}

using Hotline.Console.Api;
using Hotline.Console.Session;
using Hotline.Console.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Hotline.Console.Requests;

/// <summary>All requests, narrowed, ordered and picked from.</summary>
public sealed partial class RequestsPage : ListPage<RequestView>
{
    private const string Hidden = "hotline.requests.hidden";

    private static readonly string[] Statuses = ["registered", "offered", "accepted", "contacted", "quoted", "agreed", "scheduled",
        "arrived", "completed", "closed", "cancelled", "unfulfilled"];

    private static readonly string[] Columns = ["Time", "Status", "Due", "Category", "Description", "Vendor", "Caller", "Area"];

    private readonly Dictionary<Guid, RequestView> _selected = [];
    private HashSet<string> _hidden = [];
    private string? _listed;
    private Guid? _last;
    private bool _choosing;

    private static readonly string[] Brought = ["registeredBy", "dialledNumber", "hour"];

    // category other: waits for a supervisor to name it
    public RequestsPage() : base("q", "status", "categoryCode", "areaCode", "urgency", "from", "to", "sort", "registeredBy",
        "dialledNumber", "hour")
    {
    }

    [Inject] public ApiClient Api { get; set; } = null!;
    [Inject] public Catalogue Catalogue { get; set; } = null!;
    [Inject] public IJSRuntime Js { get; set; } = null!;
    [Inject] public SessionState Session { get; set; } = null!;

    // who keeps a filter keeps no citizen's name or number in the browser with it
    private string Saveable => Query.Of("requests", [.. Filters.Values.Where(v => v.Item1 != "q")]);

    private bool AllPicked => Shown is { Items.Count: > 0 } shown && shown.Items.All(r => _selected.ContainsKey(r.Id));

    protected override async Task OnInitializedAsync()
    {
        _hidden = [.. (await Js.InvokeAsync<string?>("hotline.setting", Hidden) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)];
        await base.OnInitializedAsync();
    }

    protected override bool Concerns(LiveItem item) =>
        item.RequestId is { } id && (Shown?.Items.Any(r => r.Id == id) == true || item.Kind == "requestRegistered" && Cursor is null);

    protected override async Task Load()
    {
        var filters = Filters.Write("");
        if (_listed is not null && _listed != filters) _selected.Clear();
        _listed = filters;
        var path = Query.Of("/api/intake/requests?limit=25&count=true", [.. Filters.Values, ("cursor", Cursor)]);
        var stop = Asking.Begin();
        var answer = await Api.Get<Page<RequestView>>(path, stop);
        if (stop.IsCancellationRequested) return;
        (Shown, Problem) = (answer.Value ?? Shown, answer.Problem);
        foreach (var r in Shown?.Items.Where(r => _selected.ContainsKey(r.Id)) ?? []) _selected[r.Id] = r;
    }

    private bool Shows(string column) => !_hidden.Contains(column);

    private async Task Turn(string column)
    {
        if (!_hidden.Remove(column)) _hidden.Add(column);
        await Js.InvokeVoidAsync("hotline.setSetting", Hidden, string.Join(',', _hidden));
    }

    private string? SortOf(string column) => column != "Time" ? null
        : Filters["sort"] switch { "" => "descending", "oldest" => "ascending", _ => "none" };

    private Task TurnTime() => Choose("sort", Filters["sort"] == "" ? "oldest" : "");

    // Shift takes all from the one that was picked last
    private void Pick(RequestView request, bool range)
    {
        var (items, on) = (Shown!.Items.ToList(), !_selected.ContainsKey(request.Id));
        var (from, to) = (range ? items.FindIndex(r => r.Id == _last) : -1, items.FindIndex(r => r.Id == request.Id));
        foreach (var r in from < 0 ? [request] : items[Math.Min(from, to)..(Math.Max(from, to) + 1)]) Put(r, on);
        _last = request.Id;
    }

    private void PickAll()
    {
        var on = !AllPicked;
        foreach (var r in Shown!.Items) Put(r, on);
    }

    private void Put(RequestView request, bool on)
    {
        if (on) _selected[request.Id] = request;
        else _selected.Remove(request.Id);
    }

    /// <summary>After an action on what is picked: what failed, or was not come to, stays so.</summary>
    private Task Left(IReadOnlyList<RequestView> left)
    {
        foreach (var id in _selected.Keys.Except(left.Select(r => r.Id)).ToArray()) _selected.Remove(id);
        return Load();
    }
}

using Hotline.Console.Api;
using Hotline.Console.Offers;
using Hotline.Console.Session;
using Hotline.Console.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;
using MudBlazor;

namespace Hotline.Console.Orders;

/// <summary>The board: requests that wait for a vendor as they are to be served, and all open orders by how far they are. It has two lists
/// of the API and knows which of them a change concerns; what the operator does here is seen without asking for it again.</summary>
public sealed partial class OrdersPage
{
    private const int Step = 20, MostAtOnce = 200, MostOrders = 1000;

    private static readonly (string Name, OrderStatus[] Statuses)[] Columns =
    [
        ("offered", [OrderStatus.Offered]), ("accepted", [OrderStatus.Accepted]), ("contacted", [OrderStatus.Contacted]),
        ("quoted", [OrderStatus.Quoted]), ("agreed", [OrderStatus.Agreed, OrderStatus.Scheduled]), ("arrived", [OrderStatus.Arrived]),
    ];

    private readonly LatestOnly _asking = new(), _askingOrders = new();
    private List<RequestView> _waiting = [];
    private List<OrderView> _orders = [];
    private Problem? _problem;
    private string? _ordersBy;
    private int? _total;
    private int _wanted = Step;
    private bool _loaded, _moreWaiting, _moreOrders, _waitingDue, _ordersDue;
    private IDisposable? _keys;

    [Inject] public ApiClient Api { get; set; } = null!;
    [Inject] public Catalogue Catalogue { get; set; } = null!;
    [Inject] public IDialogService Dialogs { get; set; } = null!;
    [Inject] public IJSRuntime Js { get; set; } = null!;
    [Inject] public Keys Keys { get; set; } = null!;
    [Inject] public NavigationManager Navigation { get; set; } = null!;
    [Inject] public SessionState Session { get; set; } = null!;

    /// <summary>Who registered what is shown; null = whoever.</summary>
    private string? By => Filters["mine"] == "1" ? Session.NotedAs : null;

    private AddressFilters Filters { get; } = new("q", "area", "category", "urgent", "mine");

    protected override async Task OnInitializedAsync()
    {
        Filters.Read(Navigation.Uri);
        Navigation.LocationChanged += Moved;
        // the cards do these themselves: here they are told of
        _keys = Keys.Add([new("/", "Orders.Filter", () => Js.InvokeVoidAsync("hotline.focus", "f-q").AsTask()),
            .. new[] { ("← ↑ ↓ →", "Key.Cards"), ("Enter", "Key.Open"), ("O", "Order.OfferVendor"), ("A", "Order.QuoteAccept") }
                .Select(k => new Shortcut(k.Item1, k.Item2, () => Task.CompletedTask))]);
        await base.OnInitializedAsync();
    }

    // an order that the board has already, because it was offered here, is no news
    protected override bool Concerns(LiveItem item)
    {
        if (item.Kind == "orderOffered" && _orders.Any(o => o.Id == item.OrderId)) return false;
        var waiting = ChangesWaiting(item);
        var orders = item.OrderId is not null && !item.Kind.StartsWith("followUp", StringComparison.Ordinal);
        (_waitingDue, _ordersDue) = (_waitingDue || waiting, _ordersDue || orders);
        return waiting || orders;
    }

    protected override bool Shows(LiveItem item) => item.Kind switch
    {
        "orderOffered" => Filters["mine"] == "1" || _moreOrders
            || _orders.Any(o => o.Id == item.OrderId) && _waiting.All(r => r.Id != item.RequestId),
        "requestCancelled" => _waiting.All(r => r.Id != item.RequestId),
        _ when ChangesWaiting(item) => Filters.Any || _moreWaiting || _waiting.Any(r => r.Id == item.RequestId),
        _ => true,
    };

    private static bool ChangesWaiting(LiveItem item) => item.Kind is "requestRegistered" or "requestCancelled" or "requestRecategorised"
        or "orderOffered" or "orderRejected" or "offerExpired" or "quoteDeclined" or "orderCancelled" or "orderWithdrawn";

    protected override async Task Load()
    {
        // at first, and after a gap in the stream, nothing says what changed
        var all = !_waitingDue && !_ordersDue;
        var (waiting, orders) = (all || _waitingDue ? LoadWaiting() : Task.FromResult<Problem?>(null),
            all || _ordersDue ? LoadOrders() : Task.FromResult<Problem?>(null));
        (_waitingDue, _ordersDue) = (false, false);
        _problem = await waiting ?? await orders;
        _loaded |= _problem is null;
    }

    private Task LoadAll()
    {
        (_waitingDue, _ordersDue) = (true, true);
        return Load();
    }

    private async Task<Problem?> LoadWaiting()
    {
        try
        {
            var path = Query.Of("/api/intake/requests?status=registered&sort=waiting&count=true", ("areaCode", Filters["area"]),
                ("categoryCode", Filters["category"]), ("urgency", Filters["urgent"] == "1" ? "urgent" : null), ("q", Filters["q"]),
                ("registeredBy", By));
            var (found, last, problem) = await All<RequestView>(path, _wanted, _asking.Begin());
            if (last is not null) (_waiting, _total, _moreWaiting) = (found, last.Total, last.NextCursor is not null);
            return problem;
        }
        catch (OperationCanceledException)
        {
            return null; // filtered otherwise meanwhile
        }
    }

    private async Task<Problem?> LoadOrders()
    {
        try
        {
            _ordersBy = By;
            var path = Query.Of("/api/dispatch/orders?status=open", ("registeredBy", By));
            var (found, last, problem) = await All<OrderView>(path, MostOrders, _askingOrders.Begin());
            if (last is not null) (_orders, _moreOrders) = (found, last.NextCursor is not null);
            return problem;
        }
        catch (OperationCanceledException)
        {
            return null; // asked otherwise meanwhile
        }
    }

    private async Task<(List<T> Items, Page<T>? Last, Problem? Problem)> All<T>(string path, int wanted, CancellationToken stop)
    {
        var (items, last) = (new List<T>(), (Page<T>?)null);
        do
        {
            var answer = await Api.Get<Page<T>>(
                Query.Of(path, ("limit", $"{Math.Min(MostAtOnce, wanted - items.Count)}"), ("cursor", last?.NextCursor)), stop);
            stop.ThrowIfCancellationRequested();
            if (answer.Value is not { } page) return (items, null, answer.Problem);
            items.AddRange(page.Items);
            last = page;
        } while (last.NextCursor is not null && items.Count < wanted);
        return (items, last, null);
    }

    /// <summary>Those of a column that fit the filters, the nearest deadline first.</summary>
    private OrderView[] In(OrderStatus[] statuses) =>
        [.. _orders.Where(o => statuses.Contains(o.Status) && Fits(o)).OrderBy(o => o.Status switch
        {
            OrderStatus.Offered => o.OfferExpiresAt,
            OrderStatus.Accepted => o.ContactBy,
            _ => o.OfferedAt,
        })];

    private bool Fits(OrderView order) => (Filters["area"] is "" || order.AreaCode == Filters["area"])
        && (Filters["category"] is "" || order.CategoryCode == Filters["category"])
        && (Filters["urgent"] != "1" || order.Urgency == "urgent")
        && (Filters["q"].Trim() is var words && words.Length == 0
            || order.RequestNumber.Contains(words, StringComparison.OrdinalIgnoreCase)
            || order.VendorName.Contains(words, StringComparison.OrdinalIgnoreCase));

    private static string Counted(int? total) => total?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "10000+";

    private Task More()
    {
        _wanted += 2 * Step;
        return LoadWaiting();
    }

    private async Task Offer(RequestView request)
    {
        if (await Dialogs.Offer(T, request) is not { } order) return;
        if (_waiting.RemoveAll(r => r.Id == request.Id) > 0) _total--;
        if (_orders.All(o => o.Id != order.Id)) _orders.Add(order);
        if (_waiting.Count == 0 && _moreWaiting) await LoadWaiting();
    }

    private Task Put(OrderView before, OrderView? after)
    {
        if (after is null) return LoadAll();
        var at = _orders.FindIndex(o => o.Id == before.Id && o.Version < after.Version);
        if (at < 0) return Task.CompletedTask;
        if (after.EndedAt is not null) _orders.RemoveAt(at);
        else
        {
            _orders[at] = after with
            {
                AreaCode = before.AreaCode,
                Description = before.Description,
                Urgency = before.Urgency,
                VendorPhone = before.VendorPhone,
            };
        }
        return Task.CompletedTask;
    }

    private void Filter(string name, string? value)
    {
        Filters[name] = value ?? "";
        Write();
    }

    private void Clear()
    {
        Filters.Clear();
        Write();
    }

    private void Write() => Navigation.NavigateTo(Filters.Write("orders"), new NavigationOptions { ReplaceHistoryEntry = true });

    private void Moved(object? sender, LocationChangedEventArgs to)
    {
        if (!Navigation.ToBaseRelativePath(to.Location).Split('?', '#')[0].Equals("orders", StringComparison.Ordinal)) return;
        Filters.Read(to.Location);
        _wanted = Step;
        InvokeAsync(async () =>
        {
            _problem = await LoadWaiting() ?? (_ordersBy == By ? null : await LoadOrders());
            StateHasChanged();
        });
    }

    protected override void Dispose(bool disposing)
    {
        Navigation.LocationChanged -= Moved;
        _keys?.Dispose();
        _asking.Dispose();
        _askingOrders.Dispose();
        base.Dispose(disposing);
    }
}

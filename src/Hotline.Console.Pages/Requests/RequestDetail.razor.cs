using Hotline.Console.Api;
using Hotline.Console.Live;
using Hotline.Console.Offers;
using Hotline.Console.Palette;
using Hotline.Console.Session;
using Hotline.Console.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace Hotline.Console.Requests;

/// <summary>A request: what is asked for, who serves it at what price, and, in tabs, what happened and who saw it.</summary>
public sealed partial class RequestDetail : LiveComponent
{
    private static readonly OrderStatus[] ToNothing =
        [OrderStatus.Rejected, OrderStatus.Expired, OrderStatus.Declined, OrderStatus.Cancelled, OrderStatus.Withdrawn];

    private RequestView? _request;
    private IReadOnlyList<OrderView> _orders = [];
    private IReadOnlyList<TimelineItem> _timeline = [];
    private Problem? _problem;

    [Parameter] public Guid Id { get; set; }

    /// <summary>As the address has it.</summary>
    [Parameter] public string? Tab { get; set; }

    [Inject] public ApiClient Api { get; set; } = null!;
    [Inject] public IDialogService Dialogs { get; set; } = null!;
    [Inject] public Feed Feed { get; set; } = null!;
    [Inject] public Catalogue Catalogue { get; set; } = null!;
    [Inject] public IJSRuntime Js { get; set; } = null!;
    [Inject] public Recents Recents { get; set; } = null!;
    [Inject] public SessionState Session { get; set; } = null!;

    private string[] Tabs => Session.Is("supervisor") ? ["timeline", "notes", "related", "access"] : ["timeline", "notes", "related"];

    private string Chosen => Tabs.Contains(Tab) ? Tab! : Tabs[0];

    /// <summary>The order that runs or was served; of those that came to nothing none.</summary>
    private OrderView? Served => _orders.FirstOrDefault(o => !ToNothing.Contains(o.Status));

    protected override bool Concerns(LiveItem item) => item.RequestId == Id;

    protected override async Task Load()
    {
        var (request, orders) = (Api.Get<RequestView>($"/api/intake/requests/{Id}", Gone),
            Api.Get<Page<OrderView>>($"/api/dispatch/orders?requestId={Id}&limit=50", Gone));
        var opened = _request is null;
        (_request, _problem) = ((await request).Value ?? _request, (await request).Problem);
        _orders = (await orders).Value?.Items ?? _orders;
        if (opened && _request is not null) await Recents.Add(new("request", $"requests/{Id}", _request.Number));
    }

    private decimal? FirstQuote(OrderView order)
    {
        var quotes = _timeline.Where(i => i.Kind == "quoteProposed" && i.Data.GetProperty("orderId").GetGuid() == order.Id);
        return quotes.FirstOrDefault() is { } first ? first.Data.GetProperty("amount").GetDecimal() : order.Quote?.Amount;
    }

    private Task<IEnumerable<CategoryView>> FindCategory(string? text, CancellationToken stop) => Task.FromResult(
        string.IsNullOrWhiteSpace(text) ? Catalogue.Categories
            : Catalogue.Categories.Where(c => c.Name.Contains(text.Trim()) || c.Synonyms.Any(s => s.Contains(text.Trim()))));

    private Task Name(CategoryView? category) => category is null ? Task.CompletedTask
        : Change(Api.Post<RequestView>($"/api/intake/requests/{Id}/category", new CategoryInput(category.Code),
            version: _request!.Version));

    private async Task Offer()
    {
        await Dialogs.Offer(T, _request!);
        await Load();
    }

    private async Task Correct()
    {
        var dialog = await Dialogs.ShowAsync<CorrectDialog>(T["Request.Correct"],
            new DialogParameters<CorrectDialog> { { d => d.Request, _request! } });
        if (await dialog.Result is { Canceled: false }) await Load();
    }

    private async Task Cancel(string cause)
    {
        string action = T[cause == "noVendor" ? "Request.NoVendor" : "Request.Cancel"];
        string[] often = cause == "noVendor" ? [T["Reason.nobodyThere"], T["Reason.allAsked"]]
            : [T["Reason.unwanted"], T["Reason.solved"], T["Reason.doubled"]];
        if (await Dialogs.Reason(action, T[$"Request.Cancel.{cause}"], action, often) is { } reason)
            await Change(Api.Post<RequestView>($"/api/intake/requests/{Id}/cancel", new CancelInput(reason, cause),
                version: _request!.Version));
    }

    private async Task Change(Task<Answer<RequestView>> change)
    {
        if ((await change).Problem is { } problem) Feed.Failed(problem);
        await Load();
    }

    private Task Print() => Js.InvokeVoidAsync("print").AsTask();
}

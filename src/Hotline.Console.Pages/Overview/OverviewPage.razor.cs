using Hotline.Console.Api;
using Hotline.Console.Live;
using Hotline.Console.Session;
using Hotline.Console.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;

namespace Hotline.Console.Overview;

/// <summary>What the hotline did in some days, beside earlier ones, and what it did by area, operator and so on. All that is chosen is in
/// the address.</summary>
public sealed partial class OverviewPage
{
    private const int MostBars = 12, MostAtRisk = 200;

    private static readonly FigureGroup[] Groups = [FigureGroup.Group, FigureGroup.Category, FigureGroup.Area, FigureGroup.Operator,
        FigureGroup.Number, FigureGroup.Hour];

    private static readonly string[] Narrowing = ["category", "registeredBy", "dialledNumber"];

    private static readonly Figure[] CourseFigures =
        [.. ((string[])["registered", "urgent", "cancelled", "noVendor"]).Select(Figure.Named)];

    private static readonly Figure[] QualityFigures =
        [.. ((string[])["contactInTime", "completionInTime", "satisfied", "resolved", "coverage"]).Select(Figure.Named)];

    private readonly LatestOnly _asking = new();
    private Debounce? _soon;
    private Everything? _shown;
    private IReadOnlyList<ScoreSummary> _risky = [];
    private int _atRisk;
    private Problem? _problem;
    private bool _loading;

    [Inject] public ApiClient Api { get; set; } = null!;
    [Inject] public Catalogue Catalogue { get; set; } = null!;
    [Inject] public Clock Clock { get; set; } = null!;
    [Inject] public IJSRuntime Js { get; set; } = null!;
    [Inject] public NavigationManager Navigation { get; set; } = null!;
    [Inject] public SessionState Session { get; set; } = null!;

    private AddressFilters Filters { get; } =
        new("range", "from", "to", "day", "compare", "areaCode", "category", "registeredBy", "dialledNumber", "by", "figure",
            "tables");

    private OverviewSpan Span => OverviewSpan.Read(Filters, Clock.Today);

    private string Compared => Filters["compare"] == "week" ? "week" : "before";

    private OverviewSpan Earlier => Span.Earlier(Compared == "week");

    private string When => (Compared, Span) switch
    {
        ("week", _) => T["Delta.Week"],
        (_, { Range: "today" }) => T["Delta.Yesterday"],
        (_, { Days: 1 }) => T["Delta.DayBefore"],
        (_, { Days: var days }) => T["Delta.DaysBefore", days],
    };

    private FigureGroup By => EnumWords.FromWire<FigureGroup>(Filters["by"]) is { } by && Groups.Contains(by) ? by : Groups[0];

    private string TownFigure => TownGrid.Shown.Contains(Filters["figure"]) ? Filters["figure"] : TownGrid.Shown[0];

    private FigureLinks Links =>
        new(Span.From, Span.To, Given("areaCode"), Given("category"), Given("registeredBy"), Given("dialledNumber"));

    /// <summary>What is shown.</summary>
    /// <param name="Course">By day, of one day by hour.</param>
    private sealed record Everything(
        FigureRow Now, FigureRow? Before, DispatchFigures Dispatch, FollowUpFigures FollowUp, FigureGroup By, FigureRow[] Course,
        FigureTable<IntakeFigureRow>? CourseBefore, FigureRow[] Towns, FigureRow[] Breakdown)
    {
        public bool IsEmpty => Now is { Intake.Registered: 0, Dispatch.Offered: 0, FollowUp.Services: 0, FollowUp.Complaints: 0 };
    }

    protected override Task OnInitializedAsync()
    {
        Filters.Read(Navigation.Uri);
        Navigation.LocationChanged += Moved;
        // what happens all over the city comes in one after the other: the figures of all of it now and then are enough
        _soon = new(TimeSpan.FromSeconds(2), async () =>
        {
            await Load();
            StateHasChanged();
        }, Gone);
        return base.OnInitializedAsync();
    }

    protected override bool Concerns(LiveItem item)
    {
        if (Span.To >= Clock.Today) _soon?.Ask();
        return false;
    }

    protected override async Task Load()
    {
        var (span, by, stop) = (Span, By, _asking.Begin());
        var course = span.Days == 1 ? FigureGroup.Hour : FigureGroup.Day;
        _loading = true;
        try
        {
            var asked = new Asked(this, stop);
            var (intake, dispatch, followUp) = (asked.Of<IntakeFigures>("intake", span), asked.Of<DispatchFigures>("dispatch", span),
                asked.Of<FollowUpFigures>("follow-ups", span));
            var (before, courseBefore) = (asked.Total(Earlier), asked.By<IntakeFigureRow>("intake", Earlier, course));
            var (rows, towns) = (asked.Rows(span, course), asked.Rows(span, FigureGroup.Area));
            var breakdown = by is FigureGroup.Area ? towns : asked.Rows(span, by);
            var risky = Session.Is("supervisor") ? Api.Get<Page<ScoreSummary>>(Query.Of(
                $"/api/evaluation/vendors?attention=true&count=true&limit={MostAtRisk}", ("from", Format.Iso(span.From)),
                ("to", Format.Iso(span.To))), stop) : null;
            await Task.WhenAll(intake, dispatch, followUp, before, courseBefore, rows, towns, breakdown, risky ?? Task.CompletedTask);
            if (stop.IsCancellationRequested) return;
            _problem = asked.Problem;
            if (await intake is { } i && await dispatch is { } d && await followUp is { } f && await rows is { } r && await towns is { } t
                && await breakdown is { } b)
                _shown = new(FigureRow.Of(i, d, f), await before, d, f, course, r, await courseBefore, t, b);
            if (risky is not null && (await risky).Value is { } page) (_risky, _atRisk) = (page.Items, page.Total ?? page.Items.Count);
            _loading = false;
        }
        catch (OperationCanceledException)
        {
            // other days were chosen meanwhile
        }
    }

    /// <summary>What is asked of the services at once, and the first thing that went wrong.</summary>
    private sealed class Asked(OverviewPage page, CancellationToken stop)
    {
        public Problem? Problem { get; private set; }

        public async Task<T?> Of<T>(string service, OverviewSpan span, string path = "", FigureGroup? by = null) where T : class
        {
            var answer = await page.Api.Get<T>(page.Address(service, span, path, by), stop);
            Problem ??= answer.Problem;
            return answer.Value;
        }

        public Task<FigureTable<T>?> By<T>(string service, OverviewSpan span, FigureGroup by) where T : IFigureRow =>
            Of<FigureTable<T>>(service, span, "/by", by);

        public async Task<FigureRow?> Total(OverviewSpan span)
        {
            var (i, d, f) = (Of<IntakeFigures>("intake", span), Of<DispatchFigures>("dispatch", span),
                Of<FollowUpFigures>("follow-ups", span));
            return await i is { } intake && await d is { } dispatch && await f is { } followUp
                ? FigureRow.Of(intake, dispatch, followUp) : null;
        }

        public async Task<FigureRow[]?> Rows(OverviewSpan span, FigureGroup by)
        {
            var (i, d, f) = (By<IntakeFigureRow>("intake", span, by), By<DispatchFigureRow>("dispatch", span, by),
                By<FollowUpFigureRow>("follow-ups", span, by));
            return await i is { } intake && await d is { } dispatch && await f is { } followUp
                ? FigureRow.Join(intake, dispatch, followUp) : null;
        }
    }

    private ChartSpec Course(Everything s)
    {
        var now = new ChartSeries(Span.ToString(), [.. s.Course.Select(r => (double?)r.Intake.Registered)]);
        ChartSeries[] series = s.CourseBefore is not { } before ? [now]
            : [now, new(Earlier.ToString(), [.. before.Rows.Select(r => (double?)r.Registered)], Line: true)];
        return new(false, Labels(s), series, [.. s.Course.Select(r => Links.At(s.By, r.Key)?.Requests())]);
    }

    private ChartSpec Quality(Everything s) => new(false, Labels(s),
        [.. QualityFigures.Take(3).Select(f => new ChartSeries(T[$"Figure.{f.Name}"], [.. s.Course.Select(f.Value)], Line: true))],
        [.. s.Course.Select(r => Links.At(s.By, r.Key)?.Orders())], "%");

    private ChartSpec Breakdown(Everything s)
    {
        var rows = By is FigureGroup.Hour or FigureGroup.Area ? s.Breakdown : s.Breakdown.Take(MostBars).ToArray();
        return new(By is not FigureGroup.Hour, [.. rows.Select(r => r.Name)],
            [new(T["Figure.registered"], [.. rows.Select(r => (double?)r.Intake.Registered)])],
            [.. rows.Select(r => Links.At(By, r.Key)?.Requests())]);
    }

    private ChartSpec Statuses(Everything s) => new(true, [.. OrderStatuses(s).Select(o => T[$"Order.{o.Status}"].Value)],
        [new(T["Figure.offered"], [.. OrderStatuses(s).Select(o => (double?)o.Count)])],
        [.. OrderStatuses(s).Select(o => Links.Orders(("status", o.Status)))]);

    private static (string Status, int Count)[] OrderStatuses(Everything s) =>
        [.. s.Dispatch.ByStatus.OrderByDescending(o => o.Value).ThenBy(o => o.Key, StringComparer.Ordinal).Select(o => (o.Key, o.Value))];

    private static string[] Labels(Everything s) => [.. s.Course.Select(r => s.By is FigureGroup.Day ? r.Key[5..] : r.Key)];

    // of the whole span, by day and by what the breakdown is by
    private ExportList[] Files => [.. from service in ((string Name, string Title)[])
        [("intake", "Page.Requests"), ("dispatch", "Figure.offered"), ("follow-ups", "Page.FollowUps")]
        from told in ((FigureGroup[])[FigureGroup.Day, By])
        select new ExportList(Address(service.Name, Span, "/by/export", told), $"{T[service.Title]} · {T[$"By.{told.ToWire()}"]}")];

    private string Address(string service, OverviewSpan span, string path, FigureGroup? by) => Query.Of($"/api/{service}/figures{path}",
        ("by", by?.ToWire()), ("from", Format.Iso(span.From)), ("to", Format.Iso(span.To)), ("areaCode", Given("areaCode")),
        ("category", Given("category")), ("registeredBy", Given("registeredBy")), ("dialledNumber", Given("dialledNumber")));

    private string InTime(DurationFigure figure) => T["Kpi.InTimeOf", Format.Percent(figure.InTime, figure.Count), figure.InTime,
        figure.Count, figure.Count - figure.InTime];

    // charts that are seen as tables
    private string[] Tables => Filters["tables"].Split(',', StringSplitOptions.RemoveEmptyEntries);

    private void Turn(string chart) =>
        Go(("tables", string.Join(',', Tables.Contains(chart) ? Tables.Except([chart]) : Tables.Append(chart))));

    // what the figures are of: how they are shown is no reason to ask for them again
    private string Wanted => With(("tables", null), ("figure", null));

    private string? Given(string filter) => Filters[filter] is { Length: > 0 } value ? value : null;

    // the overview of what a row of the breakdown is about
    private string? Narrow(FigureRow row) => By switch
    {
        FigureGroup.Area => With(("areaCode", row.Key)),
        FigureGroup.Group => With(("category", row.Key), ("by", "category")),
        FigureGroup.Category => With(("category", row.Key)),
        FigureGroup.Operator => With(("registeredBy", row.Key)),
        FigureGroup.Number => With(("dialledNumber", row.Key)),
        _ => null,
    };

    private string With(params (string Name, string? Value)[] changes) => Query.Of("overview", [.. Filters.Values
        .Where(f => changes.All(c => c.Name != f.Item1)), .. changes]);

    private void Go(params (string Name, string? Value)[] changes) => Navigation.NavigateTo(With(changes));

    private void Choose(string from, string to)
    {
        if (LocalTime.ReadDay(from) is not null && LocalTime.ReadDay(to) is not null
            && (from, to) != (Format.Iso(Span.From), Format.Iso(Span.To)))
            Go(("range", null), ("day", null), ("from", from), ("to", to));
    }

    private async Task Print() => await Js.InvokeVoidAsync("print");

    private void Moved(object? sender, LocationChangedEventArgs to)
    {
        if (Navigation.ToBaseRelativePath(to.Location).Split('?', '#')[0] != "overview") return;
        var (before, asked) = (Filters.Write(""), Wanted);
        Filters.Read(to.Location);
        if (before == Filters.Write("")) return;
        InvokeAsync(async () =>
        {
            StateHasChanged();
            if (asked == Wanted) return;
            await Load();
            StateHasChanged();
        });
    }

    protected override void Dispose(bool disposing)
    {
        Navigation.LocationChanged -= Moved;
        _asking.Dispose();
        base.Dispose(disposing);
    }
}

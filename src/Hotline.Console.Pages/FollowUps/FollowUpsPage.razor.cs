using Hotline.Console.Api;
using Hotline.Console.Session;
using Hotline.Console.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Hotline.Console.FollowUps;

/// <summary>Whom to call, in views that the address holds, and the one that is being called.</summary>
public sealed partial class FollowUpsPage
{
    private const string RestKept = "hotline.rest";
    private static readonly string[] Views = ["due", "mine", "later", "done"];

    // a claim is made and given back without an event
    private static readonly TimeSpan Unheard = TimeSpan.FromSeconds(30);

    private FollowUpFigures? _figures;
    private FollowUpSettings _settings = new(3, 1800);
    private FollowUpView? _current;
    private bool _busy, _resting;
    private string? _focus;
    private IDisposable? _keys;
    private LookAgain? _next;

    public FollowUpsPage() : base("view") { }

    [Inject] public required ApiClient Api { get; set; }
    [Inject] public required SessionState Session { get; set; }
    [Inject] public required Keys Keys { get; set; }
    [Inject] public required Feed Feed { get; set; }
    [Inject] public required Clock Clock { get; set; }
    [Inject] public required IJSRuntime Js { get; set; }

    private string View => Views.Contains(Filters["view"]) ? Filters["view"] : Views[0];

    private int? CountOf(string view) => view switch
    {
        "due" => _figures?.Waiting,
        "mine" => _figures?.Mine,
        "later" => _figures?.Later,
        _ => _figures?.EndedToday,
    };

    protected override bool Concerns(LiveItem item) => item.FollowUpId is not null;

    protected override async Task OnInitializedAsync()
    {
        _next = new(Clock, Reload);
        var (list, settings) = (base.OnInitializedAsync(), Api.Get<FollowUpSettings>("/api/follow-ups/settings", Gone));
        _keys = Keys.Add(new Shortcut("Alt+J", "FollowUp.Next", TakeNext));
        // whoever sits down at this browser next has not asked for a rest
        _resting = await Js.InvokeAsync<string?>("hotline.setting", RestKept) == Session.Me!.Name;
        // what was claimed before the page was left or loaded anew
        var mine = await Api.Get<Page<FollowUpView>>("/api/follow-ups?claimedBy=me&sort=due&limit=1", Gone);
        _settings = (await settings).Value ?? _settings;
        if (mine.Value?.Items is [var claimed])
            _current = (await Api.Get<FollowUpView>($"/api/follow-ups/{claimed.Id}", Gone)).Value;
        await list;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus is not { } id) return;
        _focus = null;
        await Js.InvokeVoidAsync("hotline.focus", id);
    }

    protected override async Task Load()
    {
        var asking = Asking.Begin();
        var figures = Api.Get<FollowUpFigures>("/api/follow-ups/figures", asking);
        var answer = await Api.Get<Page<FollowUpView>>(Query.Of($"/api/follow-ups?limit=15&{Wanted}", ("cursor", Cursor)), asking);
        (Shown, Problem) = (answer.Value ?? Shown, answer.Problem);
        _figures = (await figures).Value ?? _figures;
        _next?.At(_figures?.NextDueAt, Unheard);
    }

    private string Wanted => View switch
    {
        "mine" => "claimedBy=me&sort=due",
        "later" => "status=waiting&sort=due",
        "done" => $"status=ended&sort=ended&endedFrom={Format.Iso(Clock.Today)}",
        _ => "status=open&sort=due",
    };

    private async Task Rest(bool rest)
    {
        _resting = rest;
        await Js.InvokeVoidAsync("hotline.setSetting", RestKept, rest ? Session.Me!.Name : "");
    }

    // who is due longest, whichever view is shown; what others were faster to take is passed over
    private Task TakeNext() => _current is not null ? Task.CompletedTask : Work(async () =>
    {
        var due = await Api.Get<Page<FollowUpView>>("/api/follow-ups?status=open&sort=due&limit=20", Gone);
        var problem = due.Problem;
        foreach (var item in due.Value?.Items ?? [])
        {
            problem = await Claim(item.Id);
            if (problem is not { Code: "follow-up.claimed" or "follow-up.closed" or "follow-up.not-due" }) break;
        }
        if (problem is not null) Feed.Failed(problem);
    });

    // one that was chosen, or that the operator goes on with at once: whom to call is shown to who claims it
    private Task Take(Guid id) => Work(async () =>
    {
        if (await Claim(id) is { } problem) Feed.Failed(problem);
    });

    // the next one comes by itself, unless one wants a rest
    private async Task Finished()
    {
        PutAway();
        if (!_resting) await TakeNext();
    }

    // put off, given back, or lost: its claim lapsed, or it is about something later now: it is claimed anew by whoever goes on with it
    private void PutAway()
    {
        (_current, _focus) = (null, "current-title");
        Tell();
    }

    // the number of those that wait stands in the frame of the page as well
    private void Tell() => Live.Tell(new("", "resync", Clock.Now, new Dictionary<string, Guid>()));

    private async Task<Problem?> Claim(Guid id)
    {
        var answer = await Api.Post<FollowUpView>($"/api/follow-ups/{id}/claim");
        if (answer.Value is { } claimed) (_current, _focus) = (claimed, "current-title");
        return answer.Problem;
    }

    private async Task Work(Func<Task> work)
    {
        if (_busy) return;
        _busy = true;
        await work();
        _busy = false;
        Tell();
        StateHasChanged();
    }

    protected override void Dispose(bool disposing)
    {
        _keys?.Dispose();
        _next?.Dispose();
        base.Dispose(disposing);
    }
}

using System.Globalization;
using Hotline.Console.Api;
using Hotline.Console.Live;
using Hotline.Console.Palette;
using Hotline.Console.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using MudBlazor;

namespace Hotline.Console.Layout;

/// <summary>The frame of every page: who is signed in, where one can go, whether changes arrive.</summary>
public sealed partial class Shell
{
    private const string Density = "hotline.density";
    private readonly List<IDisposable> _ends = [];
    private readonly CancellationTokenSource _gone = new();
    private ErrorBoundary? _boundary;
    private CommandPalette? _palette;
    private Tour? _tour;
    private DotNetObjectReference<Shell>? _self;
    private LookAgain? _next;
    private Problem? _problem;
    private bool _dark, _compact, _signedOut, _asked;
    private int _overdue, _waiting;
    private DateTimeOffset _counted;

    /// <summary>Which page of what: another vendor's page is not the one before with other figures.</summary>
    [CascadingParameter] public RouteData? Shown { get; set; }

    private static bool English => CultureInfo.CurrentUICulture.Name == "en";

    private Place[] Pages => Places.Rail(Session.Me!.Role);

    private string Here => Navigation.ToBaseRelativePath(Navigation.Uri).Split('/', '?', '#')[0];

    private bool Allowed => Places.IsOpen(Here, Session.Me!.Role);

    private int Badge(string page) => page switch { "Orders" => _overdue, "FollowUps" => _waiting, _ => 0 };

    protected override async Task OnInitializedAsync()
    {
        Session.Changed += Refresh;
        Live.ConnectionChanged += Refresh;
        Navigation.LocationChanged += (_, _) => _boundary?.Recover();
        _dark = await Js.InvokeAsync<string?>("hotline.setting", "hotline.dark") is { } chosen ? chosen == "1"
            : await Js.InvokeAsync<bool>("hotline.dark");
        _compact = await Js.InvokeAsync<string?>("hotline.setting", Density) == "compact";
        await Js.InvokeVoidAsync("hotline.density", _compact ? "compact" : "roomy");
        if (Here == "signed-out")
        {
            _signedOut = true;
            return;
        }
        await Begin();
    }

    // what is behind the question cannot be reached: the focus is on the answer
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Session.Expired && !_asked) await Js.InvokeVoidAsync("hotline.focus", "expired-link");
        _asked = Session.Expired;
    }

    private async Task Begin()
    {
        var answer = await Api.Get<SignedIn>("/session/me");
        if (answer.Problem is { Status: 401 })
        {
            Navigation.NavigateTo($"/session/login?returnUrl={Uri.EscapeDataString("/" + Navigation.ToBaseRelativePath(Navigation.Uri))}",
                forceLoad: true);
            return;
        }
        _problem = answer.Problem;
        if (answer.Value is not { } me) return;
        await Catalogue.Load();
        Session.Begin(me);
        await Live.Start();
        await Keys.Start();
        _self ??= DotNetObjectReference.Create(this);
        await Js.InvokeVoidAsync("hotline.onSignedIn", _self);
        _ends.Add(Keys.Add([new("?", "Help.Title", Help, Everywhere: true),
            .. Pages.Select(p => new Shortcut($"Alt+{p.Key}", $"Page.{p.Name}", () => Go(p.Path), Everywhere: true))]));
        if (Pages.Any(p => p.Name is "Orders" or "FollowUps"))
        {
            var recount = new Debounce(TimeSpan.FromSeconds(1), Count, _gone.Token);
            _ends.Add(Live.Listen(item => { if (Counts(item)) recount.Ask(); }));
            _ends.Add(_next = new LookAgain(Clock, recount.Ask));
            await Count();
        }
    }

    // what comes due by itself is seen with the next change of any kind, a minute later at the earliest
    private bool Counts(LiveItem item) => item.Kind.StartsWith("followUp", StringComparison.Ordinal)
        || item.Kind is "contactOverdue" or "citizenContacted" or "orderCancelled" or "orderWithdrawn" or "resync"
        || DateTimeOffset.UtcNow - _counted > TimeSpan.FromMinutes(1);

    // what waits for somebody
    private async Task Count()
    {
        var (orders, callbacks) = (Api.Get<DispatchFigures>("/api/dispatch/figures", _gone.Token),
            Api.Get<FollowUpFigures>("/api/follow-ups/figures", _gone.Token));
        _counted = DateTimeOffset.UtcNow;
        _overdue = (await orders).Value?.Overdue ?? _overdue;
        var waiting = (await callbacks).Value;
        _waiting = waiting?.Waiting ?? _waiting;
        _next?.At(waiting?.NextDueAt);
        StateHasChanged();
    }

    private Task Go(string path)
    {
        Navigation.NavigateTo(path);
        return Task.CompletedTask;
    }

    private Task Find() => _palette?.Toggle() ?? Task.CompletedTask;

    private async Task Help()
    {
        var dialog = await Dialogs.ShowAsync<HelpDialog>(T["Help.Title"],
            new DialogParameters<HelpDialog> { { d => d.Page, Places.NameOf(Here) } });
        if (await dialog.Result is { Canceled: false }) await Tour();
    }

    private Task Tour()
    {
        _tour?.Begin();
        return Task.CompletedTask;
    }

    private async Task Darken()
    {
        _dark = !_dark;
        await Js.InvokeVoidAsync("hotline.setSetting", "hotline.dark", _dark ? "1" : "0");
    }

    private async Task Pack()
    {
        _compact = !_compact;
        await Js.InvokeVoidAsync("hotline.setSetting", Density, _compact ? "compact" : "roomy");
        await Js.InvokeVoidAsync("hotline.density", _compact ? "compact" : "roomy");
    }

    private async Task Speak()
    {
        await Js.InvokeVoidAsync("hotline.setSetting", "hotline.language", English ? "zh-CN" : "en");
        Navigation.Refresh(forceReload: true);
    }

    private async Task SignOut() => await Js.InvokeVoidAsync("hotline.signOut");

    [JSInvokable]
    public Task OnSignedIn() => Resume();

    private async Task Resume()
    {
        // another person may have signed in meanwhile: then this page is not theirs
        if ((await Api.Get<SignedIn>("/session/me")).Value is not { } me) return;
        if (me != Session.Me) Navigation.Refresh(forceReload: true);
        else Session.Begin(me);
        StateHasChanged();
    }

    private void Refresh() => InvokeAsync(StateHasChanged);

    public void Dispose()
    {
        Session.Changed -= Refresh;
        Live.ConnectionChanged -= Refresh;
        foreach (var end in _ends) end.Dispose();
        _gone.Cancel();
        _gone.Dispose();
        _self?.Dispose();
    }
}

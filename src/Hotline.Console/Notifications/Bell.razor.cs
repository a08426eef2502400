using Hotline.Console.Api;
using Hotline.Console.Shared;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using MudBlazor;

namespace Hotline.Console.Notifications;

/// <summary>Tells at once what wants the person who is signed in, and keeps it until it is read or done.</summary>
public sealed partial class Bell
{
    private const int Step = 20, MostUrgent = 2;
    private static readonly TimeSpan Shown = TimeSpan.FromSeconds(10);

    // urgent messages stay until they are closed: of more than two the oldest make room, or nothing else would be seen
    private readonly List<(Guid Id, Snackbar Toast)> _toasts = [];
    private List<NotificationView> _items = [];
    private Problem? _problem;
    private string? _next, _focus;
    private Guid? _newest;
    private int _unread, _limit = Step;
    private bool _open;
    private IDisposable? _keys;

    protected override bool Concerns(LiveItem item) => Told(item) is not null || Waits(item);

    protected override bool Shows(LiveItem item) => Told(item) is { } id ? _items.Any(n => n.Id == id)
        : item.Kind is not ("orderOffered" or "citizenContacted" or "quoteAccepted") || !Waits(item);

    protected override async Task OnInitializedAsync()
    {
        _keys = Keys.Add(new Shortcut("Alt+B", "Notice.Title", Toggle, Everywhere: true));
        await base.OnInitializedAsync();
    }

    protected override async Task Load()
    {
        var answer = await Api.Get<NotificationsView>($"/api/intake/notifications?limit={_limit}", Gone);
        _problem = answer.Problem;
        if (answer.Value is not { } told) return;
        (_items, _next, _unread) = ([.. told.Items], told.NextCursor, told.Unread);
        var waiting = _items.Where(n => n.ReadAt is null).ToArray();
        foreach (var (id, toast) in _toasts.Where(t => waiting.All(n => n.Id != t.Id)).ToArray()) Remove(id, toast);
        if (_newest is { } seen)
            foreach (var item in waiting.Where(n => n.Id.CompareTo(seen) > 0).Take(MostUrgent).Reverse()) Toast(item);
        _newest = _items.Count > 0 ? _items[0].Id : Guid.Empty;
    }

    private static Guid? Told(LiveItem item) =>
        item.Kind == "personNotified" && item.Ids.TryGetValue("notificationId", out var id) ? id : null;

    private bool Waits(LiveItem item) => item.RequestId is { } id && _items.Any(n => n.RequestId == id && n.ReadAt is null);

    private void Toast(NotificationView item)
    {
        if (item.Urgent && _toasts.Count >= MostUrgent) Remove(_toasts[0].Id, _toasts[0].Toast);
        var toast = Bar.Add($"{item.RequestNumber} {item.Text}", item.Urgent ? Severity.Error : Severity.Warning, options =>
        {
            options.RequireInteraction = item.Urgent;
            options.VisibleStateDuration = (int)Shown.TotalMilliseconds;
            options.ShowCloseIcon = true;
            options.Action = T["Notice.Open"];
            options.ActionColor = Color.Inherit;
            options.OnClick = _ => Open(item);
        });
        if (item.Urgent && toast is not null) _toasts.Add((item.Id, toast));
    }

    private void Remove(Guid id, Snackbar toast)
    {
        _toasts.RemoveAll(t => t.Id == id);
        Bar.Remove(toast);
    }

    private Task Toggle() => Show(!_open);

    private Task Close() => Show(false);

    private Task Show(bool open)
    {
        (_open, _focus) = (open, open ? "notices-title" : "bell");
        StateHasChanged();
        return Task.CompletedTask;
    }

    // what is to have the focus is there once it was drawn
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus is not { } id) return;
        _focus = null;
        await Js.InvokeVoidAsync("hotline.focus", id);
    }

    private Task Pressed(KeyboardEventArgs e) => _open && e.Key == "Escape" ? Close() : Task.CompletedTask;

    private async Task Open(NotificationView item)
    {
        _open = false;
        Navigation.NavigateTo($"requests/{item.RequestId}");
        if (item.ReadAt is null) await Read($"/api/intake/notifications/{item.Id}/read", null);
    }

    private async Task ReadAll()
    {
        if (_items.Count == 0) return;
        _focus = "notices-title"; // the button has nothing more to do
        await Read("/api/intake/notifications/read", new ReadInput(_items[0].Id));
    }

    private async Task Read(string path, ReadInput? upTo)
    {
        _problem = (await Api.Post<Nothing>(path, upTo)).Problem;
        if (_problem is null) await Load();
        StateHasChanged();
    }

    private Task More()
    {
        _limit = Math.Min(200, _limit + Step);
        return Load();
    }

    protected override void Dispose(bool disposing)
    {
        _keys?.Dispose();
        base.Dispose(disposing);
    }
}

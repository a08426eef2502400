using Microsoft.AspNetCore.Components;

namespace Hotline.Console.Live;

/// <summary>A part of a page that loads from the API and loads anew when something that concerns it changed;
/// many changes at once are one load.</summary>
public abstract class LiveComponent : ComponentBase, IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(250), Patience = TimeSpan.FromSeconds(3);
    private readonly List<(LiveItem Item, DateTimeOffset Until)> _awaited = [];
    private readonly CancellationTokenSource _gone = new();
    private readonly Debounce _reload;
    private IDisposable? _listening;

    [Inject] public LiveUpdates Live { get; set; } = null!;

    /// <param name="gather">How long changes are gathered before it loads anew: longer for what changes many times a second.</param>
    protected LiveComponent(TimeSpan? gather = null)
    {
        Gone = _gone.Token;
        _reload = new(gather ?? Soon, async () =>
        {
            await Load();
            StateHasChanged();
            // a service that hears of it later than this page does not show it yet: asked again until it does
            _awaited.RemoveAll(a => a.Until < DateTimeOffset.UtcNow || Shows(a.Item));
            if (_awaited.Count > 0) Reload();
        }, Gone);
    }

    /// <summary>Cancelled when the part leaves the page.</summary>
    protected CancellationToken Gone { get; }

    /// <summary>Whether a change concerns what is shown.</summary>
    protected abstract bool Concerns(LiveItem item);

    /// <summary>Whether what was loaded has the change in it; where it has not, it is loaded again for up to three seconds.</summary>
    protected virtual bool Shows(LiveItem item) => true;

    /// <summary>Loads what is shown.</summary>
    protected abstract Task Load();

    protected override async Task OnInitializedAsync()
    {
        _listening = Live.Listen(item =>
        {
            if (item.Kind != "resync" && !Concerns(item)) return;
            if (item.Kind != "resync") _awaited.Add((item, DateTimeOffset.UtcNow + Patience));
            Reload();
        });
        await Load();
    }

    /// <summary>Loads soon, once.</summary>
    protected void Reload() => _reload.Ask();

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        _listening?.Dispose();
        _gone.Cancel();
        _gone.Dispose();
    }
}

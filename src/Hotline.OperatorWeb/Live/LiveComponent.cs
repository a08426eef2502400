using Microsoft.AspNetCore.Components;

namespace Hotline.OperatorWeb.Live;

/// <summary>A part of a page that loads from the API and loads anew when something that concerns it changed; many changes at once are one load.</summary>
public abstract class LiveComponent : ComponentBase, IDisposable
{
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(250);
    private readonly CancellationTokenSource _gone = new();
    private IDisposable? _listening;
    private bool _due, _running;

    [Inject] public LiveUpdates Live { get; set; } = null!;

    protected LiveComponent() => Gone = _gone.Token;

    /// <summary>Cancelled when the part leaves the page.</summary>
    protected CancellationToken Gone { get; }

    /// <summary>Whether a change concerns what is shown.</summary>
    protected abstract bool Concerns(LiveItem item);

    /// <summary>Loads what is shown.</summary>
    protected abstract Task Load();

    protected override async Task OnInitializedAsync()
    {
        _listening = Live.Listen(item => { if (item.Kind == "resync" || Concerns(item)) Reload(); });
        await Load();
    }

    /// <summary>Loads soon, once.</summary>
    protected async void Reload()
    {
        _due = true;
        if (_running) return;
        _running = true;
        try
        {
            while (_due && !Gone.IsCancellationRequested)
            {
                await Task.Delay(Gather, Gone);
                _due = false;
                await Load();
                StateHasChanged();
            }
        }
        catch (OperationCanceledException)
        {
            // left the page
        }
        finally
        {
            _running = false;
        }
    }

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

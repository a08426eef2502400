using Microsoft.AspNetCore.Components;

namespace Hotline.Console.Shared;

/// <summary>A part of a page that shows how time passes: it is drawn anew each second.</summary>
public abstract class Ticking : ComponentBase, IDisposable
{
    private IDisposable? _tick;

    [Inject] public Clock Clock { get; set; } = null!;

    /// <summary>Whether there is something else to draw than before.</summary>
    protected virtual bool HasChanged => true;

    protected override void OnInitialized() => _tick = Clock.Every(() => { if (HasChanged) StateHasChanged(); });

    public void Dispose()
    {
        _tick?.Dispose();
        GC.SuppressFinalize(this);
    }
}

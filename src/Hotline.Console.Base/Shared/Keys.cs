using Microsoft.JSInterop;

namespace Hotline.Console.Shared;

/// <summary>A key that does something.</summary>
/// <param name="Key">Alt+N, Ctrl+Enter, ?</param>
/// <param name="Text">Of the resource file, for the list of shortcuts.</param>
/// <param name="Everywhere">Works on all pages, not only where one is.</param>
public sealed record Shortcut(string Key, string Text, Func<Task> Do, bool Everywhere = false);

/// <summary>The shortcuts of the shell and of the page that is shown.</summary>
public sealed class Keys(IJSRuntime js) : IDisposable
{
    private readonly List<Shortcut> _shortcuts = [];
    private DotNetObjectReference<Keys>? _self;

    public IReadOnlyList<Shortcut> All => _shortcuts;

    public async Task Start()
    {
        if (_self is not null) return;
        _self = DotNetObjectReference.Create(this);
        await js.InvokeVoidAsync("hotline.keys", _self);
    }

    public IDisposable Add(params Shortcut[] shortcuts)
    {
        _shortcuts.AddRange(shortcuts);
        return new DisposeAction(() => _shortcuts.RemoveAll(shortcuts.Contains));
    }

    [JSInvokable]
    public bool Handles(string key) => _shortcuts.Any(s => s.Key == key);

    // the page that came last has it
    [JSInvokable]
    public Task OnKey(string key) => _shortcuts.LastOrDefault(s => s.Key == key)?.Do() ?? Task.CompletedTask;

    public void Dispose() => _self?.Dispose();
}

using System.Text.Json;
using Hotline.Console.Api;
using Hotline.Console.Session;
using Hotline.Console.Shared;
using Microsoft.JSInterop;

namespace Hotline.Console.Live;

/// <summary>The gateway's stream of changes. The browser's part (app.js) reconnects by itself and names the last change it saw.</summary>
public sealed class LiveUpdates(IJSRuntime js, SessionState session) : IDisposable
{
    private readonly List<Action<LiveItem>> _listeners = [];
    private DotNetObjectReference<LiveUpdates>? _self;

    /// <summary>Whether the stream is open.</summary>
    public bool Connected { get; private set; }

    public event Action? ConnectionChanged;

    public async Task Start()
    {
        if (_self is not null) return;
        _self = DotNetObjectReference.Create(this);
        await js.InvokeVoidAsync("hotline.live", _self);
    }

    /// <summary>Calls for each change until disposed.</summary>
    public IDisposable Listen(Action<LiveItem> changed)
    {
        _listeners.Add(changed);
        return new DisposeAction(() => _listeners.Remove(changed));
    }

    /// <summary>Tells the other parts of this page what one of them changed, where no event does.</summary>
    public void Tell(LiveItem item)
    {
        foreach (var listener in _listeners.ToArray()) listener(item);
    }

    [JSInvokable]
    public void OnChanges(string json)
    {
        foreach (var item in JsonSerializer.Deserialize(json, ApiJson.Default.LiveItemArray)!) Tell(item);
    }

    [JSInvokable]
    public void OnConnection(bool connected)
    {
        Connected = connected;
        ConnectionChanged?.Invoke();
    }

    /// <summary>The stream closed because the session is over.</summary>
    [JSInvokable]
    public void OnSignedOut() => session.Expire();

    public void Dispose() => _self?.Dispose();
}

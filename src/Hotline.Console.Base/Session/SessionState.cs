namespace Hotline.Console.Session;

/// <summary>Who is signed in.</summary>
public sealed class SessionState
{
    /// <summary>None until the first answer of /session/me.</summary>
    public SignedIn? Me { get; private set; }

    /// <summary>The person's name as it is noted with what they do: with the seat's number, where there is one.</summary>
    public string NotedAs => Me is { StaffNumber: { Length: > 0 } number } ? $"{Me.Name} {number}" : Me?.Name ?? "";

    /// <summary>The session ended while the page was open. What is typed stays; signing in again in another tab brings it back.</summary>
    public bool Expired { get; private set; }

    public event Action? Changed;

    private TaskCompletionSource _resumed = new();

    /// <summary>Once the person who was signed in is so again.</summary>
    public Task Resumed => _resumed.Task;

    public bool Is(params ReadOnlySpan<string> roles) => Me is { } me && roles.Contains(me.Role);

    public void Begin(SignedIn me)
    {
        (Me, Expired) = (me, false);
        _resumed.TrySetResult();
        Changed?.Invoke();
    }

    public void Expire()
    {
        if (Me is null || Expired) return;
        (Expired, _resumed) = (true, new());
        Changed?.Invoke();
    }
}

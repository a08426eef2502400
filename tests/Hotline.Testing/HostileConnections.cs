using System.Net.Sockets;
using System.Text;

namespace Hotline.Testing;

/// <summary>Strangers who want the platform to stand still: each keeps a connection busy, and opens another when it is cut.</summary>
public sealed class HostileConnections(Uri gateway, string token) : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly List<Task> _strangers = [];
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = gateway };
    private int _atWork;

    /// <summary>What each sort does, over and over.</summary>
    private Dictionary<string, Func<Func<Task>, Task>> Sorts => new()
    {
        ["unfinished body"] = begun => Hold(begun, Post("/connect/token", "") + "grant_type="),
        ["unfinished body of one who signed in"] = begun => Hold(begun, Post("/api/intake/requests", Bearer) + "{\"description\":\""),
        ["unfinished headers"] = begun => Hold(begun, $"GET /api/catalog/areas HTTP/1.1\r\nHost: {gateway.Authority}\r\nX-More: "),
        ["a few bytes a second"] = begun => Hold(begun, Post("/connect/token", ""), feed: "grant_type=client_credentials&"),
        ["unread answers"] = begun => Hold(begun, Pipelined("/openapi/intake.json", ""), reads: false),
        ["unread answers of one who signed in"] = begun => Hold(begun, Pipelined("/api/intake/requests?limit=100", Bearer), reads: false),
        ["open stream"] = begun => Hold(begun, Get("/api/live", Bearer), reads: false),
        ["wrong password"] = WrongPassword,
        ["token in a loop"] = begun => Ask(begun, "/connect/token",
            "grant_type=client_credentials&client_id=hotline-cti&client_secret=wrong"),
    };

    private string Bearer => $"Authorization: Bearer {token}\r\n";

    /// <summary>Lets so many of each sort loose.</summary>
    /// <returns>When each has done what it does for the first time.</returns>
    public async Task Begin(int ofEach)
    {
        var sorts = Sorts;
        foreach (var sort in sorts.Values)
        {
            for (var i = 0; i < ofEach; i++) _strangers.Add(Task.Run(() => Work(sort)));
        }
        while (Volatile.Read(ref _atWork) < ofEach * sorts.Count) await Task.Delay(25, _end.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_strangers);
        _http.Dispose();
        _end.Dispose();
    }

    private async Task Work(Func<Func<Task>, Task> sort)
    {
        var first = true;
        Task Begun()
        {
            if (first) Interlocked.Increment(ref _atWork);
            first = false;
            return Task.CompletedTask;
        }
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await sort(Begun);
            }
            catch (Exception e) when (e is SocketException or IOException or HttpRequestException or OperationCanceledException)
            {
                // cut: the next one
            }
        }
    }

    /// <summary>Sends so much and no more, or a byte now and then, and stays until it is answered or cut;
    /// or reads nothing and stays for a while.</summary>
    private async Task Hold(Func<Task> begun, string bytes, string? feed = null, bool reads = true)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096, NoDelay = true };
        await socket.ConnectAsync(gateway.Host, gateway.Port, _end.Token);
        await socket.SendAsync(Encoding.ASCII.GetBytes(bytes), _end.Token);
        await begun();
        var over = reads ? socket.ReceiveAsync(new byte[4096], _end.Token).AsTask() : Task.Delay(TimeSpan.FromSeconds(8), _end.Token);
        for (var fed = 0; feed is not null && !over.IsCompleted; fed++)
        {
            await Task.Delay(250, _end.Token);
            await socket.SendAsync(Encoding.ASCII.GetBytes(feed, fed % feed.Length, 1), _end.Token);
        }
        await over;
    }

    private async Task WrongPassword(Func<Task> begun)
    {
        using var page = await _http.GetAsync("/account/login", _end.Token);
        var html = await page.Content.ReadAsStringAsync(_end.Token);
        var hidden = html.IndexOf("__RequestVerificationToken", StringComparison.Ordinal);
        if (hidden < 0)
        {
            await begun(); // told to come back later; it comes back at once
            return;
        }
        var value = html[(html.IndexOf("value=\"", hidden, StringComparison.Ordinal) + 7)..];
        var cookie = page.Headers.GetValues("Set-Cookie").First().Split(';')[0];
        await Ask(begun, "/account/login",
            $"Username=nobody&Password=wrong&__RequestVerificationToken={Uri.EscapeDataString(value[..value.IndexOf('"')])}", cookie);
    }

    private async Task Ask(Func<Task> begun, string path, string form, string? cookie = null)
    {
        using var content = new StringContent(form, Encoding.ASCII, "application/x-www-form-urlencoded");
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        using var answer = await _http.SendAsync(request, _end.Token);
        await begun();
    }

    private string Get(string path, string headers) => $"GET {path} HTTP/1.1\r\nHost: {gateway.Authority}\r\n{headers}\r\n";

    private string Pipelined(string path, string headers) => string.Concat(Enumerable.Repeat(Get(path, headers), 20));

    private string Post(string path, string headers) =>
        $"POST {path} HTTP/1.1\r\nHost: {gateway.Authority}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        + $"Content-Length: 60000\r\n{headers}\r\n";
}

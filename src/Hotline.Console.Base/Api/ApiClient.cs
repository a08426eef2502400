using System.Globalization;
using System.Text;
using System.Text.Json;
using Hotline.Console.Session;
using Hotline.Console.Texts;
using Microsoft.AspNetCore.Components.WebAssembly.Http;
using Microsoft.Extensions.Localization;

namespace Hotline.Console.Api;

/// <summary>What came of a call: a value or a problem.</summary>
public sealed record Answer<T>(T? Value, Problem? Problem)
{
    public bool Ok => Problem is null;
}

/// <summary>Nothing: the answer of a call that has no body.</summary>
public sealed record Nothing;

/// <summary>The gateway's API. The browser sends the session's cookie; there is no token here.</summary>
public sealed class ApiClient(HttpClient http, SessionState session, IStringLocalizer<Words> words)
{
    private const int Attempts = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public Task<Answer<T>> Get<T>(string path, CancellationToken stop = default) => Send<T>(HttpMethod.Get, path, null, null, null, stop);

    /// <param name="key">Idempotency-Key: the same for each try of the same action.</param>
    /// <param name="version">Of what the user saw: refused with 412 where it changed meanwhile.</param>
    public Task<Answer<T>> Post<T>(string path, object? body = null, string? key = null, int? version = null) =>
        Send<T>(HttpMethod.Post, path, body, key, version, default);

    public Task<Answer<T>> Patch<T>(string path, object body, int version) => Send<T>(HttpMethod.Patch, path, body, null, version, default);

    public Task<Answer<Nothing>> Put(string path) => Send<Nothing>(HttpMethod.Put, path, null, null, null, default);

    public Task<Answer<Nothing>> Delete(string path) => Send<Nothing>(HttpMethod.Delete, path, null, null, null, default);

    // what fails for a moment, while a service restarts, is tried again; the same key makes that safe
    private async Task<Answer<T>> Send<T>(HttpMethod method, string path, object? body, string? key, int? version, CancellationToken stop)
    {
        key ??= Guid.NewGuid().ToString("N");
        for (var attempt = 1; ; attempt++)
        {
            var answer = await Once<T>(method, path, body, key, version, stop);
            if (answer.Problem is { Status: 401 } && session.Me is not null && path.StartsWith("/api/", StringComparison.Ordinal))
            {
                // what was begun goes on once the person has signed in again: nothing of it is lost, nobody has to do it twice
                session.Expire();
                await session.Resumed.WaitAsync(stop);
                attempt = 0;
                continue;
            }
            if (attempt == Attempts || answer.Problem is not { Status: 0 or 429 or 502 or 503 or 504 }) return answer;
            await Task.Delay(Pause * attempt, stop);
        }
    }

    private async Task<Answer<T>> Once<T>(HttpMethod method, string path, object? body, string key, int? version, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(method, path);
        request.SetBrowserRequestCredentials(BrowserRequestCredentials.SameOrigin);
        request.Headers.AcceptLanguage.ParseAdd(CultureInfo.CurrentUICulture.Name);
        if (method != HttpMethod.Get)
        {
            request.Headers.Add("X-CSRF", "1");
            request.Headers.Add("Idempotency-Key", key);
            if (version is { } seen) request.Headers.TryAddWithoutValidation("If-Match", $"\"{seen}\"");
            if (body is CsvText csv) request.Content = new StringContent(csv.Text, Encoding.UTF8, "text/csv");
            else if (body is not null)
                request.Content = new StringContent(JsonSerializer.Serialize(body, body.GetType(), ApiJson.Of(body.GetType())),
                    Encoding.UTF8, "application/json");
        }
        try
        {
            using var response = await http.SendAsync(request, stop);
            var text = await response.Content.ReadAsStringAsync(stop);
            if (response.IsSuccessStatusCode)
                return new(typeof(T) == typeof(Nothing) || text.Length == 0
                    ? default : (T)JsonSerializer.Deserialize(text, typeof(T), ApiJson.Of(typeof(T)))!, null);
            return new(default, ProblemOf((int)response.StatusCode, text));
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            return new(default, ProblemOf(0, ""));
        }
    }

    /// <summary>What an answer says that is none to be used.</summary>
    /// <param name="status">0 = none came.</param>
    public Problem ProblemOf(int status, string text)
    {
        if (status == 0) return new(0, "unreachable", words["Problem.Unreachable"], null, null, null, null);
        try
        {
            if (text is ['{', ..] && JsonSerializer.Deserialize(text, ApiJson.Default.Problem) is { } problem)
                return problem with { Status = status };
        }
        catch (JsonException)
        {
            // not ours: a proxy's page
        }
        return new(status, null, words["Problem.Status", status], null, null, null, null);
    }
}

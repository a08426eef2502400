using System.Net.Http.Headers;

namespace Hotline.Bench;

/// <summary>An operator's stream of Server-Sent Events.</summary>
public static class LiveFeed
{
    /// <summary>Reads until stopped.</summary>
    /// <param name="http">With the gateway's address and no time limit.</param>
    /// <param name="token">An operator's.</param>
    /// <param name="heard">Called with kind and data of each event; null = the bytes are taken and not looked at.</param>
    /// <param name="listening">Called once the stream is open.</param>
    /// <param name="stop">The end.</param>
    /// <exception cref="HttpRequestException">It could not be opened, or broke.</exception>
    public static async Task Follow(HttpClient http, string token, Action<string, string>? heard, Action? listening, CancellationToken stop)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/live");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            answer.EnsureSuccessStatusCode();
            listening?.Invoke();
            await using var stream = await answer.Content.ReadAsStreamAsync(stop);
            if (heard is null)
            {
                await stream.CopyToAsync(Stream.Null, stop);
                return;
            }
            using var reader = new StreamReader(stream);
            while (await reader.ReadLineAsync(stop) is { } line)
            {
                if (line.StartsWith("data: ", StringComparison.Ordinal)) heard(Word(line, "kind"), line);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // the end
        }
    }

    private static string Word(string data, string field)
    {
        var from = data.IndexOf($"\"{field}\":\"", StringComparison.Ordinal) + field.Length + 4;
        return data[from..data.IndexOf('"', from)];
    }

    /// <summary>The id in a field of an event's data.</summary>
    public static Guid? Id(string data, string field) =>
        data.IndexOf($"\"{field}\":\"", StringComparison.Ordinal) is >= 0 and var at
            && Guid.TryParse(data.AsSpan(at + field.Length + 4, 36), out var id) ? id : null;
}

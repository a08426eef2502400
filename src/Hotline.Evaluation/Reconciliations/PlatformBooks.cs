using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Hotline.Evaluation.Reconciliations;

/// <summary>The books cannot be read.</summary>
/// <param name="reason">As in the run.</param>
/// <param name="service">That did not answer; null = not known.</param>
public sealed class UnreadableException(string reason, string? service = null, Exception? inner = null)
    : Exception($"The books cannot be read: {reason} {service}", inner)
{
    public string Reason => reason;

    public string? Service => service;
}

/// <summary>Reads what services have on their books, as clients do: at the gateway, with the rights of whoever asked for it.</summary>
public sealed class PlatformBooks(IHttpClientFactory clients, IConfiguration configuration)
{
    private const string Client = "gateway";

    /// <summary>Registers the client. Its addresses: services:gateway:http:0, 1, ….</summary>
    public static void Add(IHostApplicationBuilder builder)
    {
        var client = builder.Services.AddHttpClient(Client, http => http.BaseAddress = new("http://gateway"));
        // outside the next: each try may be another replica's
        client.AddStandardResilienceHandler(patience =>
        {
            patience.AttemptTimeout.Timeout = TimeSpan.FromSeconds(30); // as long as the gateway waits for a service
            patience.CircuitBreaker.SamplingDuration = TimeSpan.FromSeconds(60);
            patience.Retry.Delay = TimeSpan.FromSeconds(1);
            patience.TotalRequestTimeout.Timeout = TimeSpan.FromSeconds(95);
        });
        client.AddServiceDiscovery();
        builder.Services.AddSingleton<PlatformBooks>();
    }

    /// <summary>What the API answers.</summary>
    /// <param name="authorization">The header of that name.</param>
    /// <exception cref="UnreadableException">It is no success.</exception>
    public async Task<JsonNode> Get(string path, string authorization, CancellationToken stop)
    {
        using var http = clients.CreateClient(Client);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        // the name that the gateway knows
        request.Headers.Host = new Uri(configuration["Auth:Issuer"] ?? "http://localhost:8080").Authority;
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) throw new UnreadableException("denied");
            if (!answer.IsSuccessStatusCode) throw new UnreadableException("away", path.Split('/')[3]);
            return (await JsonNode.ParseAsync(await answer.Content.ReadAsStreamAsync(stop), cancellationToken: stop))!;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException or TimeoutRejectedException
            or BrokenCircuitException)
        {
            throw new UnreadableException("away", null, e);
        }
    }
}

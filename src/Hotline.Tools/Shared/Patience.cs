using System.Net;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace Hotline.Tools.Shared;

/// <summary>What the API's documentation asks of its clients: what fails for a moment is sent again when the answer says, with the same
/// Idempotency-Key. Only for whoever wants something done: it hides what a test must see.</summary>
public static class Patience
{
    /// <summary>Where the platform says that it cannot take a call just now.</summary>
    public static bool IsForAMoment(HttpStatusCode status) => status is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway
        or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    /// <summary>Tries up to six times.</summary>
    /// <param name="timeout">For one try.</param>
    public static HttpClient Client(Uri address, TimeSpan timeout) => Client(address, new SocketsHttpHandler(), new()
    {
        MaxRetryAttempts = 5,
        Delay = TimeSpan.FromSeconds(1),
        ShouldHandle = tried => ValueTask.FromResult(tried.Outcome.Result is { } answer && IsForAMoment(answer.StatusCode)),
    }, timeout);

    /// <summary>Tries as it is told to.</summary>
    /// <param name="inner">Sees each try.</param>
    /// <param name="retry">What is tried again, how often, and when where the answer does not say.</param>
    /// <param name="timeout">For one try.</param>
    public static HttpClient Client(Uri address, HttpMessageHandler inner, HttpRetryStrategyOptions retry, TimeSpan timeout)
    {
        (retry.BackoffType, retry.UseJitter) = (DelayBackoffType.Constant, false);
        var pipeline = new ResiliencePipelineBuilder<HttpResponseMessage>().AddRetry(retry).AddTimeout(timeout).Build();
        return new(new Repeatable { InnerHandler = new ResilienceHandler(pipeline) { InnerHandler = inner } })
        { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
    }

    private sealed class Repeatable : DelegatingHandler
    {
        private const string Key = "Idempotency-Key";

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            // of one who signed in: a key is a caller's own
            if (request.Method == HttpMethod.Post && request.Headers.Authorization is not null && !request.Headers.Contains(Key))
                request.Headers.Add(Key, Guid.NewGuid().ToString());
            return base.SendAsync(request, cancellationToken);
        }
    }
}

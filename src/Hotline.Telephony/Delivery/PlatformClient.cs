using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;

namespace Hotline.Telephony.Delivery;

/// <summary>How this process speaks to the platform.</summary>
public static class PlatformClient
{
    /// <summary>Tries until it has an answer that will not change: what is sent by it must not be lost.</summary>
    public const string Patient = "platform-patient";

    /// <summary>For the stream of commands, which is opened anew where it breaks.</summary>
    public const string Stream = "platform-stream";

    private const string Tokens = "platform-tokens";

    public static void AddPlatformClient(this IServiceCollection services)
    {
        services.AddHttpClient(Tokens, Address).ConfigurePrimaryHttpMessageHandler(Handler);
        services.AddSingleton<PlatformToken>().AddTransient<WithToken>();
        var patient = services.AddHttpClient(Patient, Address).ConfigurePrimaryHttpMessageHandler(Handler);
        patient.AddResilienceHandler("patience", (pipeline, context) => pipeline
            .AddRetry(Patience(context.ServiceProvider.GetRequiredService<ILogger<EventSender>>())).AddTimeout(TimeSpan.FromSeconds(20)));
        patient.AddHttpMessageHandler<WithToken>(); // inside: each try has the token that holds then
        services.AddHttpClient(Stream, Address).ConfigurePrimaryHttpMessageHandler(Handler).AddHttpMessageHandler<WithToken>();
    }

    private static void Address(IServiceProvider services, HttpClient http)
    {
        http.BaseAddress = new Uri(services.GetRequiredService<IOptions<TelephonyOptions>>().Value.Platform);
        http.Timeout = Timeout.InfiniteTimeSpan;
    }

    private static HttpRetryStrategyOptions Patience(ILogger log) => new()
    {
        MaxRetryAttempts = int.MaxValue,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = TimeSpan.FromMilliseconds(200),
        MaxDelay = TimeSpan.FromSeconds(15),
        ShouldHandle = tried => ValueTask.FromResult(tried.Outcome.Result is { } response
            ? !response.IsSuccessStatusCode && !EventSender.IsForEver(response.StatusCode) && !IsAnswered(response)
            : !tried.Context.CancellationToken.IsCancellationRequested),
        OnRetry = tried =>
        {
            if (tried.AttemptNumber == 3)
            {
                log.LogWarning("The platform does not take what it is told, which is kept and tried again and again: {Reason}",
                    tried.Outcome.Result?.StatusCode.ToString() ?? tried.Outcome.Exception?.Message);
            }
            return default;
        },
    };

    // a command that the platform does not know any more, or has the answer of
    private static bool IsAnswered(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Conflict or HttpStatusCode.Gone
        && response.RequestMessage?.RequestUri?.AbsolutePath.EndsWith("/done", StringComparison.Ordinal) == true;

    // a stream may be silent for long: the system notices that the other side is gone
    private static SocketsHttpHandler Handler() => new()
    {
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(10),
        ConnectCallback = async (context, stop) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
                socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 15);
                socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 5);
                await socket.ConnectAsync(context.DnsEndPoint, stop);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };

    /// <summary>The credential's token, for as long as it is valid.</summary>
    private sealed class PlatformToken(IHttpClientFactory clients, IOptions<TelephonyOptions> options, TimeProvider clock)
    {
        private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);
        private readonly SemaphoreSlim _one = new(1);
        private (string Token, DateTimeOffset Until)? _held;

        public async Task<string> Get(CancellationToken stop)
        {
            await _one.WaitAsync(stop);
            try
            {
                if (_held is { } held && held.Until > clock.GetUtcNow()) return held.Token;
                using var client = clients.CreateClient(Tokens);
                using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token")
                { Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]) };
                var credential = $"{Uri.EscapeDataString(options.Value.ClientId)}:{Uri.EscapeDataString(options.Value.ClientSecret)}";
                request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credential)));
                using var response = await client.SendAsync(request, stop);
                response.EnsureSuccessStatusCode();
                var answer = (await response.Content.ReadFromJsonAsync<Answer>(stop))!;
                _held = (answer.Token, clock.GetUtcNow() + TimeSpan.FromSeconds(answer.Seconds) - Margin);
                return answer.Token;
            }
            finally
            {
                _one.Release();
            }
        }

        /// <summary>It does not hold any more.</summary>
        public void Forget(string token)
        {
            if (_held?.Token == token) _held = null;
        }

        private sealed record Answer(
            [property: JsonPropertyName("access_token")] string Token, [property: JsonPropertyName("expires_in")] int Seconds);
    }

    private sealed class WithToken(PlatformToken tokens) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var token = await tokens.Get(cancellationToken);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            var response = await base.SendAsync(request, cancellationToken);
            if (response.StatusCode is HttpStatusCode.Unauthorized) tokens.Forget(token);
            return response;
        }
    }
}

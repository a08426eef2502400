using System.Collections.Concurrent;

namespace Hotline.Faults.Tests;

/// <summary>One try of a request that did not succeed.</summary>
/// <param name="What">503, connection where there was none or it broke, slow where the client gave up waiting.</param>
/// <param name="Lie">What is wrong with the answer, if anything: it must say 429, 502, 503 or 504,
/// with problem details and Retry-After.</param>
public sealed record ClientError(DateTime At, string What, string? Lie);

/// <summary>Sees every try that a client makes, also those that it makes again and tells nobody of.</summary>
public sealed class TryLog(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    public ConcurrentQueue<ClientError> Errors { get; } = [];

    /// <summary>Whether an answer says that the platform did not do its work.</summary>
    public static bool IsFault(int code) => code is 429 or >= 500;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(cancellationToken); // a connection may break in the middle of the answer
            if (IsFault((int)response.StatusCode))
                Add($"{(int)response.StatusCode}", Lie($"{request.Method} {request.RequestUri!.PathAndQuery}", await Answer.Of(response)));
            return response;
        }
        catch (OperationCanceledException)
        {
            Add(PatientClient.Slow);
            throw;
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            Add("connection");
            throw;
        }
    }

    /// <summary>What is wrong with the way in which an answer says that the platform did not do its work.</summary>
    public static string? Lie(string what, Answer fault) =>
        !Patience.IsForAMoment(fault.Status) ? $"{what}: {fault}"
        : fault.Headers.RetryAfter is null || fault.Text("code").Length == 0 || fault.Text("traceId").Length == 0
            ? $"{what}: without Retry-After or problem details: {fault}"
            : null;

    private void Add(string what, string? lie = null) => Errors.Enqueue(new(DateTime.UtcNow, what, lie));
}

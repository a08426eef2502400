using System.Buffers;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.Features;

namespace Hotline.Gateway;

/// <summary>Takes a request's body into memory before anybody works on it: whole, within a time, and for one asker only so much at
/// once.</summary>
public sealed class RequestBodies(TimeSpan arrivesWithin) : IAsyncDisposable
{
    private const int Kib = 1024;
    private const int MostOfStranger = 64 * Kib; // forms of the sign-in pages have a few hundred bytes

    private static readonly Text TooSlow = new("body.too-slow", "请求体未在规定时间内到达，请重新发送", "The body did not arrive in time: send it again");
    private static readonly Text TooMuch =
        new("body.too-much", "同时发送的数据过多，请按 Retry-After 稍后再试", "Too much is sent at once: come back as Retry-After says");

    // at once, in KiB: 16 of the largest bodies of one who signed in, 64 of a stranger's address
    private readonly PartitionedRateLimiter<Asker> _memory = PartitionedRateLimiter.Create<Asker, string>(asker =>
        RateLimitPartition.GetConcurrencyLimiter(asker.Key, _ => new() { PermitLimit = asker.SignedIn ? 16 * Kib : 4 * Kib }));

    /// <summary>Reads the body; where that fails, answers the client.</summary>
    /// <returns>The room that it takes, to be given back in the end; null where it failed.</returns>
    public async Task<IDisposable?> Read(HttpContext http, Asker asker)
    {
        var body = new Body(kib => _memory.AttemptAcquire(asker, kib));
        if (http.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true }) return body;
        if (await Fill(body, http, asker) is { } refusal)
        {
            body.Dispose();
            await refusal();
            return null;
        }
        http.Request.Body = body.Content();
        return body;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _memory.DisposeAsync();

    /// <returns>How to refuse it; null = it is all there.</returns>
    private async Task<Func<Task>?> Fill(Body body, HttpContext http, Asker asker)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        late.CancelAfter(arrivesWithin);
        try
        {
            while (true)
            {
                var read = await http.Request.BodyReader.ReadAsync(late.Token);
                var (fits, done) = (body.Add(read.Buffer), read.IsCompleted);
                http.Request.BodyReader.AdvanceTo(read.Buffer.End);
                if (!asker.SignedIn && body.Length > MostOfStranger) return () => TooLarge(http);
                if (!fits) return () => Limits.ComeBack(http, TooMuch, StatusCodes.Status503ServiceUnavailable);
                if (done) return null;
            }
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            return () => Refuse(http, TooSlow, StatusCodes.Status408RequestTimeout);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status408RequestTimeout)
        {
            // below Kestrel's least rate, 240 bytes a second after five
            return () => Refuse(http, TooSlow, StatusCodes.Status408RequestTimeout);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException and not BadHttpRequestException)
        {
            return () => Task.CompletedTask; // the client left: nobody is there to be answered
        }
    }

    // whoever lacks a valid token learns that first: no operation of the API takes anything from strangers
    private static Task TooLarge(HttpContext http)
    {
        var status = Limits.PolicyOf(http) == Limits.Api ? StatusCodes.Status401Unauthorized : StatusCodes.Status413PayloadTooLarge;
        return Refuse(http, Problems.TextOf(status), status);
    }

    private static Task Refuse(HttpContext http, Text text, int status)
    {
        http.Response.Headers.Connection = "close"; // what is still to come is nobody's
        return Problems.Of(text, status).ExecuteAsync(http);
    }

    /// <summary>What has come of a body; grows with that, not with what was promised.</summary>
    private sealed class Body(Func<int, RateLimitLease> room) : IDisposable
    {
        private readonly MemoryStream _content = new();
        private readonly List<RateLimitLease> _room = [];
        private int _kib;

        public long Length => _content.Length;

        /// <returns>False where there is no more room.</returns>
        public bool Add(ReadOnlySequence<byte> bytes)
        {
            var kib = (int)((Length + bytes.Length + Kib - 1) / Kib);
            if (kib > _kib)
            {
                _room.Add(room(kib - _kib));
                if (!_room[^1].IsAcquired) return false;
                _kib = kib;
            }
            foreach (var part in bytes) _content.Write(part.Span);
            return true;
        }

        public Stream Content()
        {
            _content.Position = 0;
            return _content;
        }

        public void Dispose()
        {
            foreach (var lease in _room) lease.Dispose();
        }
    }
}

using System.Net;

namespace Hotline.EndToEnd.Tests;

/// <summary>Asks again where a page of signing in or a token is refused for haste: other tests sign in from this address too,
/// and one address may do so only ten times a second. Anything else refused for haste is handed on.</summary>
internal sealed class RoomToSignIn(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private static readonly string[] Limited = ["/connect/", "/account/", "/session/"];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        if (!Limited.Any(p => path.StartsWith(p, StringComparison.Ordinal))) return await base.SendAsync(request, cancellationToken);
        HttpResponseMessage answer = null!;
        await Wait.Until(async () => (answer = await base.SendAsync(request,
            cancellationToken)).StatusCode != HttpStatusCode.TooManyRequests,
            "room to sign in");
        return answer;
    }
}

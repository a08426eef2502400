namespace Hotline.Faults.Tests;

/// <summary>What stands in front of several gateways: each try goes to the next of those that say that they are well.</summary>
public sealed class Gateways : DelegatingHandler
{
    private readonly Uri[] _all;
    private volatile Uri[] _well;
    private int _turn;

    public Gateways(Uri[] all) : base(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromSeconds(20) }) => _all = _well = all;

    /// <summary>Asks for their health again and again.</summary>
    public async Task Watch(CancellationToken end)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(1) };
        while (!end.IsCancellationRequested)
        {
            var answers = await Task.WhenAll(_all.Select(gateway => IsWell(http, gateway)));
            if (_all.Where((_, i) => answers[i]).ToArray() is { Length: > 0 } well) _well = well;
            await Task.Delay(200, CancellationToken.None);
        }
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var well = _well;
        request.RequestUri = new(well[(uint)Interlocked.Increment(ref _turn) % well.Length], request.RequestUri!.PathAndQuery);
        return base.SendAsync(request, cancellationToken);
    }

    private static async Task<bool> IsWell(HttpClient http, Uri gateway)
    {
        try
        {
            using var response = await http.GetAsync(new Uri(gateway, "/health"));
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}

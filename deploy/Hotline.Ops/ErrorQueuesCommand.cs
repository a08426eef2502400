using System.Text.Json;
using System.Text.Json.Nodes;
using Hotline.Client;

namespace Hotline.Ops;

/// <summary>errors --services NAME,…: what consumers could not take and waits in error queues, as the services themselves see it. Through
/// the
/// gateway, with the ops team's credential; it only reads.</summary>
public static class ErrorQueuesCommand
{
    /// <returns>0, whether or not there are such messages; 2 where a service does not answer or cannot ask the broker.</returns>
    public static async Task<int> Run(Options options)
    {
        var credentials = JsonNode.Parse(await File.ReadAllTextAsync(options.Credentials))!;
        using var http = new HttpClient { BaseAddress = new Uri(credentials["gateway"]!.ToString()), Timeout = TimeSpan.FromSeconds(60) };
        var client = credentials["clients"]!["ops"]!;
        var ops = new Api(http, client["clientId"]!.ToString(), client["clientSecret"]!.ToString());
        var found = 0;
        try
        {
            foreach (var name in options.Need("--services").Split(','))
            {
                var service = (await ops.Read($"/api/ops/{name}")).Body.Deserialize<ServiceFacts>(JsonSerializerOptions.Web)!;
                if (service.Queues is null) throw new PlatformException($"{name} cannot ask the broker");
                foreach (var queue in service.Queues.Where(q => q.Errors > 0))
                {
                    Console.WriteLine($"{queue.Name}\t{queue.Errors}");
                    found++;
                }
            }
        }
        catch (Exception e) when (e is PlatformException or HttpRequestException)
        {
            await Console.Error.WriteLineAsync($"error: {e.Message}");
            return 2;
        }
        if (found == 0) Console.WriteLine("no messages in error queues");
        return 0;
    }
}

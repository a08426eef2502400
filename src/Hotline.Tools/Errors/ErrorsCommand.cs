using System.CommandLine;
using System.Text.Json;
using Hotline.Reconciliation;
using Hotline.Tools.Shared;

namespace Hotline.Tools.Errors;

/// <summary>What consumers could not take and waits in error queues, as the services themselves see it: through the gateway, with the ops
/// team's credential. It only reads.</summary>
public static class ErrorsCommand
{
    public static Command Describe() => PlatformCredentials.Command("errors", "Lists what consumers could not take", Run);

    /// <returns>0, whether or not there are such messages; 2 where a service does not answer or cannot ask the broker.</returns>
    private static async Task<int> Run(PlatformCredentials credentials)
    {
        using var http = Patience.Client(credentials.Gateway, TimeSpan.FromSeconds(60));
        var ops = new SignIn(http, credentials.Client("ops")).Client;
        var found = 0;
        try
        {
            foreach (var name in PlatformServices.All.Where(s => s.Database is not null).Select(s => s.Name))
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

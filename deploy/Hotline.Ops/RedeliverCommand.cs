using System.Text.Json;

namespace Hotline.Ops;

/// <summary>The end of deploy/restore: --from FILE, and the broker's management API in HOTLINE_MANAGEMENT.
/// What lay in error queues when the backup was taken is tried again; what still fails lies there again.</summary>
public static class RedeliverCommand
{
    public static async Task<int> Run(Options options)
    {
        var messages = JsonSerializer.Deserialize<Undeliverable[]>(await File.ReadAllTextAsync(options.Need("--from")),
            JsonSerializerOptions.Web)!;
        using var broker = new Broker(new(Options.Secret("HOTLINE_MANAGEMENT")));
        foreach (var message in messages) await broker.Redeliver(message);
        if (messages.Length > 0) Console.WriteLine($"{messages.Length} messages that could not be taken before are tried again");
        return 0;
    }
}

using System.CommandLine;
using System.Text.Json;
using Hotline.Tools.Backup;
using Hotline.Tools.Shared;

namespace Hotline.Tools.Redeliver;

/// <summary>The end of deploy/restore, with the broker's management API in HOTLINE_MANAGEMENT. What lay in error queues when the backup was
/// taken is tried again; what still fails lies there again.</summary>
public static class RedeliverCommand
{
    public static Command Describe()
    {
        var from = new Option<FileInfo>("--from") { Description = "undelivered.json of a backup", Required = true }.AcceptExistingOnly();
        var command = new Command("redeliver", "Tries again what could not be taken when a backup was made") { from };
        command.SetAction(given => Run(given.GetRequiredValue(from)));
        return command;
    }

    private static async Task<int> Run(FileInfo from)
    {
        var written = await File.ReadAllTextAsync(from.FullName);
        var messages = JsonSerializer.Deserialize<UndeliveredMessage[]>(written, JsonSerializerOptions.Web)!;
        using var broker = new BrokerAdmin(new(EnvironmentSecret.Of("HOTLINE_MANAGEMENT")));
        foreach (var message in messages) await message.Redeliver(broker);
        if (messages.Length > 0) Console.WriteLine($"{messages.Length} messages that could not be taken before are tried again");
        return 0;
    }
}

using System.CommandLine;
using System.Text.Json.Nodes;

namespace Hotline.Tools.Shared;

/// <summary>Where a platform is and who may sign in there: the credentials.json that its first start wrote.</summary>
public sealed class PlatformCredentials
{
    private readonly JsonNode _written;

    private PlatformCredentials(JsonNode written) => _written = written;

    /// <summary>The option by which a command is told of the file.</summary>
    public static Option<FileInfo> Option() =>
        new Option<FileInfo>("--credentials") { Description = "The platform's credentials.json", Required = true }.AcceptExistingOnly();

    /// <summary>A command that is told of nothing else.</summary>
    public static Command Command(string name, string description, Func<PlatformCredentials, Task<int>> run)
    {
        var credentials = Option();
        var command = new Command(name, description) { credentials };
        command.SetAction(async given => await run(await Read(given.GetRequiredValue(credentials).FullName)));
        return command;
    }

    public static async Task<PlatformCredentials> Read(string file) => new(JsonNode.Parse(await File.ReadAllTextAsync(file))!);

    public Uri Gateway => new(_written["gateway"]!.ToString());

    /// <summary>A script's: operator, supervisor, ops, …</summary>
    public (string Id, string Secret) Client(string name) =>
        (_written["clients"]![name]!["clientId"]!.ToString(), _written["clients"]![name]!["clientSecret"]!.ToString());

    /// <summary>A person's first password.</summary>
    public (string Name, string Password) User(string role)
    {
        var user = _written["users"]!.AsArray().First(u => u!["role"]!.ToString() == role)!;
        return (user["username"]!.ToString(), user["password"]!.ToString());
    }
}

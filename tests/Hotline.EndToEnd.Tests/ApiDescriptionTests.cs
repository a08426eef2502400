using System.Text.Json.Nodes;

namespace Hotline.EndToEnd.Tests;

/// <summary>The API's own description, from which vendors' systems are built.</summary>
public sealed class ApiDescriptionTests(Platform platform)
{
    private const string Redocly = "@redocly/cli@2.77.0";
    private static readonly string[] Documents = ["hotline", .. PlatformServices.BehindTheGateway];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_linter_finds_nothing_in_the_documents()
    {
        var npm = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "npm")));
        Assert.SkipUnless(npm, "npm is not installed: the linter comes from its registry");
        var folder = Directory.CreateTempSubdirectory("hotline-lint-").FullName;
        foreach (var document in Documents) await File.WriteAllTextAsync(Path.Combine(folder, $"{document}.json"),
            await Document(document), Stop);
        var files = Documents.Select(document => Path.Combine(folder, $"{document}.json"));
        // strict: what it would only warn of fails too; an {id} is a UUID, and never the word that stands in its place
        var (code, output) = await ProcessRunner.Run("npm",
            ["exec", "--yes", $"--package={Redocly}", "--", "redocly", "lint", "--extends=recommended-strict",
                "--skip-rule=no-ambiguous-paths", .. files]);
        code.ShouldBe(0, output);
        Directory.Delete(folder, true);
    }

    [Fact]
    public async Task All_services_are_in_the_one_document_and_every_operation_has_a_name_and_says_how_it_refuses()
    {
        var all = JsonNode.Parse(await Document("hotline"))!["paths"]!.AsObject();
        var parts = 0;
        foreach (var service in Documents.Skip(1)) parts += JsonNode.Parse(await Document(service))!["paths"]!.AsObject().Count;
        all.Count.ShouldBe(parts);
        var operations = all.SelectMany(path => path.Value!.AsObject().Select(o => (Name: $"{o.Key} {path.Key}", Operation: o.Value!)))
            .ToArray();
        operations.Select(o => o.Operation["operationId"]?.ToString()).ShouldBeUnique();
        foreach (var (name, operation) in operations)
        {
            operation["operationId"].ShouldNotBeNull(name);
            var refusals = operation["responses"]!.AsObject().Where(r => r.Key[0] is '4' or '5').ToArray();
            refusals.Select(r => r.Key).ShouldContain("400", name);
            foreach (var (status, response) in refusals)
                response!["content"]!["application/problem+json"]!["examples"]!.AsObject().Count.ShouldBeGreaterThan(0, $"{name} {status}");
        }
    }

    [Fact]
    public async Task A_client_generated_from_the_document_plays_a_request_as_operator_and_as_vendor()
    {
        var folder = Directory.CreateTempSubdirectory("hotline-client-").FullName;
        foreach (var file in (string[])["GeneratedClient.csproj", "Program.cs"])
            File.Copy(Path.Combine(Platform.Root, "tests/Hotline.EndToEnd.Tests/GeneratedClient", file), Path.Combine(folder, file));
        await File.WriteAllTextAsync(Path.Combine(folder, "hotline.json"), await Document("hotline"), Stop);
        var restored = await ProcessRunner.Run("dotnet", "tool", "restore", "--tool-manifest",
            Path.Combine(Platform.Root, ".config/dotnet-tools.json"));
        restored.Code.ShouldBe(0, restored.Output);
        Environment.SetEnvironmentVariable("KIOTA_OFFLINE_ENABLED", "true"); // it would look for a newer version of itself
        var generated = await ProcessRunner.Run("bash", "-c", $"cd '{Platform.Root}' && exec dotnet kiota generate "
            + $"-l CSharp -d '{folder}/hotline.json' -o '{folder}/Client' -c HotlineClient -n Hotline.Generated "
            + "--log-level Warning --disable-validation-rules NoServerEntry");
        generated.Code.ShouldBe(0, generated.Output);
        generated.Output.ShouldNotContain("warn:");

        var vendor = await platform.A_vendor("客户端测试店", "drains.unclog-drain");
        var credential = await platform.Supervisor.Post($"/api/vendors/{vendor}/credentials");
        var tokens = (await platform.TokenOf(platform.Credential("operator")),
            await platform.TokenOf((credential.Text("clientId"), credential.Text("clientSecret"))));
        var played = await ProcessRunner.Run("dotnet", "run", "--project", folder, "--", platform.Http.BaseAddress!.ToString().TrimEnd('/'),
            tokens.Item1, tokens.Item2);
        played.Code.ShouldBe(0, played.Output);
        played.Output.ShouldMatch(@"RA-\d{8}-\d{6} closed after \d+ events");
        Directory.Delete(folder, true);
    }

    private Task<string> Document(string name) => platform.Http.GetStringAsync($"/openapi/{name}.json", Stop);
}

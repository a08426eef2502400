using Hotline.Telephony.Calls;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Hotline.Telephony.Tests;

/// <summary>The adapter, in this process.</summary>
public sealed class Adapter(string state, params (string Key, string Value)[] settings) : WebApplicationFactory<CallTranslation>
{
    /// <summary>A folder of its own, for one test.</summary>
    public static string Folder() => Directory.CreateTempSubdirectory("hotline-telephony").FullName;

    /// <summary>Deletes it, once the adapter that is ending writes there no more.</summary>
    public static Task Forget(string folder) => Wait.Until(() =>
    {
        try
        {
            Directory.Delete(folder, recursive: true);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }, $"{folder} is deleted");

    public static async Task<Adapter> Start(
        string state, RecordingPlatform platform, int port, params (string Key, string Value)[] settings)
    {
        var adapter = new Adapter(state, [("Platform", platform.Url), ("AmiPort", $"{port}"), .. settings]);
        using var client = adapter.CreateClient(); // starts it
        await client.GetAsync("/alive");
        return adapter;
    }

    /// <summary>What /health says.</summary>
    public async Task<string> Health()
    {
        using var client = CreateClient();
        return await client.GetStringAsync("/health");
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.UseSetting("DataProtection:Path", Path.Combine(state, "keys"));
        (string Key, string Value)[] usual =
        [
            ("Pbx", "pbx-test"), ("ClientId", "pbx-test"), ("ClientSecret", "made-up"), ("AmiUser", "hotline"), ("AmiSecret", "right"),
            ("State", Path.Combine(state, "waiting")), ("DialContext", "out"), ("ShownNumber", "12345"), .. settings,
        ];
        foreach (var (key, value) in usual) builder.UseSetting($"Telephony:{key}", value);
    }
}

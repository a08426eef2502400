using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Hotline.EndToEnd.Tests;

/// <summary>What somebody sets is heeded, kept, or refused with a word.</summary>
public sealed class SettingsTests(Platform platform)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_environment_said_once_still_holds_when_it_says_nothing()
    {
        // the first deploy/up was told where telemetry goes
        var local = await File.ReadAllLinesAsync(Path.Combine(platform.State, "local.env"), Stop);
        local.ShouldContain($"OTEL_EXPORTER_OTLP_ENDPOINT={platform.Telemetry.Endpoint}");
        var (code, output) = await Up(["-u", "OTEL_EXPORTER_OTLP_ENDPOINT"], platform.State, Platform.Port);
        code.ShouldBe(0, output);
        output.ShouldNotContain("the settings changed");
        (await File.ReadAllTextAsync(Path.Combine(platform.State, "services.env"), Stop))
            .ShouldContain($"OTEL_EXPORTER_OTLP_ENDPOINT={platform.Telemetry.Endpoint}");
        File.GetUnixFileMode(Path.Combine(platform.State, "local.env")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task A_setting_that_changes_reaches_the_running_services_and_is_taken_back_by_an_empty_value()
    {
        (await TokenLasts()).ShouldBeInRange(1790, 1800);
        var (code, output) = await Up(["Identity__AccessTokenLasts=00:20:00"], platform.State, Platform.Port);
        code.ShouldBe(0, output);
        output.ShouldContain("kept in local.env from the environment: Identity__AccessTokenLasts");
        (await TokenLasts()).ShouldBeInRange(1190, 1200);

        (code, output) = await Up(["Identity__AccessTokenLasts="], platform.State, Platform.Port);
        code.ShouldBe(0, output);
        (await File.ReadAllTextAsync(Path.Combine(platform.State, "local.env"), Stop)).ShouldNotContain("Identity__AccessTokenLasts");
    }

    [Fact]
    public async Task Another_key_for_phone_numbers_is_refused()
    {
        var before = await File.ReadAllTextAsync(Path.Combine(platform.State, "services.env"), Stop);
        var (code, output) = await Up(["PersonalData__HashKey=another one of at least 32 characters"], platform.State, Platform.Port);
        code.ShouldBe(1, output);
        output.ShouldContain("PersonalData__HashKey is not the one that this platform began with");
        (await File.ReadAllTextAsync(Path.Combine(platform.State, "services.env"), Stop)).ShouldBe(before);
        var own = before.Split('\n').Last(l => l.StartsWith("PersonalData__HashKey=", StringComparison.Ordinal));
        (code, output) = await Up([own], platform.State, Platform.Port); // the same one again is no change
        code.ShouldBe(0, output);
    }

    [Theory]
    [InlineData("Gateway__ClientSecret=of-my-own-choice", "deploy/up makes it from the state folder")]
    [InlineData("DataProtection__Path=/somewhere", "deploy/up makes it from the state folder")]
    [InlineData("ConnectionStrings__intake-db=Host=elsewhere", "deploy/up makes it from the state folder")]
    [InlineData("PersonalData__HashKey=short", "shorter than 32 characters")]
    public async Task What_cannot_be_set_is_refused_with_a_word(string setting, string word)
    {
        var folder = Fresh();
        var (code, output) = await Up([setting], folder, Platform.Port);
        (code, output.Contains(word, StringComparison.Ordinal)).ShouldBe((1, true), output);
        output.ShouldContain(setting.Split('=')[0]);
    }

    [Fact]
    public async Task The_two_names_of_the_public_address_must_not_differ()
    {
        var (code, output) = await Up(["Auth__Issuer=https://one.example", "Identity__PublicUrl=https://two.example"],
            Fresh(), Platform.Port);
        (code, output.Contains("differ", StringComparison.Ordinal)).ShouldBe((1, true), output);
    }

    [Theory]
    [InlineData("Dispatch__OfferLast=00:10:00", "Dispatch__OfferLast (line 2 of")]
    [InlineData("Dispatch__OfferLasts = 00:10:00", "line 2 of")]
    [InlineData("Dispatch__OfferLasts='00:10:00'", "in quotes")]
    [InlineData("export Dispatch__OfferLasts=00:10:00", "is not KEY=VALUE")]
    public async Task What_nobody_would_heed_in_local_env_is_named(string line, string word)
    {
        var folder = Fresh();
        await File.WriteAllLinesAsync(Path.Combine(folder, "local.env"), ["# mine", line, "Gateway__ClientSecret=ends-it-here"], Stop);
        var (code, output) = await Up([], folder, Platform.Port);
        (code, output.Contains(word, StringComparison.Ordinal)).ShouldBe((1, true), output);
        // what there is
        if (line.StartsWith("Dispatch__OfferLast=", StringComparison.Ordinal)) output.ShouldContain("Dispatch__OfferLasts");
    }

    private async Task<int> TokenLasts()
    {
        using var answer = await platform.TokenRequest(platform.Credential("ops"));
        return (await answer.Content.ReadFromJsonAsync<JsonNode>(Stop))!["expires_in"]!.GetValue<int>();
    }

    private string Fresh() => Directory.CreateDirectory(Path.Combine(platform.State, "..", Path.GetRandomFileName())).FullName;

    private static Task<(int Code, string Output)> Up(string[] environment, string state, string port) =>
        ProcessRunner.Run("env", [.. environment, Path.Combine(Platform.Root, "deploy", "up"), "--state", state, "--port", port]);
}

namespace Hotline.EndToEnd.Tests;

/// <summary>A telephone system that knows Zammad's form, with the token that an admin was shown once.</summary>
public sealed class CtiTests(Platform platform)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<int> Tells(string token, string call, string @event, string? from = null)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        { ["event"] = @event, ["callId"] = call, ["from"] = from ?? "", ["to"] = "81890", ["answeringNumber"] = "8801" });
        using var answer = await platform.Http.PostAsync($"/api/calls/cti/{token}", form, Stop);
        return (int)answer.StatusCode;
    }

    [Fact]
    public async Task Its_token_is_good_until_the_credential_is_gone_and_stays_out_of_telemetry()
    {
        var made = await platform.As("admin").Post("/api/systems", new { name = "总机", role = "cti", pbx = "zammad-like" });
        made.Code.ShouldBe(201, made.ToString());
        var (token, call) = (made.Text("token"), Guid.NewGuid().ToString("N"));
        (await Tells(token, call, "newCall", "14500990001")).ShouldBe(200);
        (await Tells(token, call, "answer")).ShouldBe(200);
        (await Tells(token, call, "hangup")).ShouldBe(200);
        (await platform.Operator.Get("/api/calls?phone=14500990001")).Items.ShouldHaveSingleItem()["outcome"]!.ToString()
            .ShouldBe("answered");

        (await Tells("nonsense", call, "hangup")).ShouldBe(401);
        (await Tells(token[..^4] + "AAAA", call, "hangup")).ShouldBe(401);
        (await platform.Http.GetAsync($"/api/calls/cti/{token}", Stop)).IsSuccessStatusCode.ShouldBeFalse();
        (await platform.As("admin").Post("/api/systems", new { name = "总机", role = "operator", pbx = "x" })).Faults.ShouldBe(["pbx"]);

        (await platform.As("admin").Delete($"/api/systems/{made.Text("id")}")).Code.ShouldBe(204);
        await Wait.Until(async () => await Tells(token, call, "hangup") == 401, "the token void");
        await Wait.Until(() => platform.Telemetry.Has("gateway", "traces", "/api/calls/cti"), "the gateway's trace");
        foreach (var service in PlatformServices.Names)
            foreach (var signal in (string[])["traces", "logs", "metrics"])
                platform.Telemetry.Has(service, signal, token).ShouldBeFalse($"{signal} of {service}");
    }
}

using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Hotline.Testing;

namespace Hotline.EndToEnd.Tests.Security;

/// <summary>What strangers do with connections is nobody else's trouble.</summary>
public sealed class HostileConnectionsTests(Platform platform)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_64_hostile_connections_of_each_sort_those_who_signed_in_are_served()
    {
        var (desk, system) = (platform.Operator, platform.Supervisor);
        await desk.Get("/api/catalog/areas"); // signed in before; so did whoever lends the hostile ones a token
        await using (var hostile = new HostileConnections(platform.Http.BaseAddress!, await platform.TokenOf(platform.Credential("cti"))))
        {
            await hostile.Begin(64).WaitAsync(Wait.Patience, Stop);
            for (var i = 0; i < 20; i++)
            {
                (await desk.Get("/api/catalog/areas").WaitAsync(Deadline, Stop)).Code.ShouldBe(200);
                (await desk.Post("/api/intake/requests", Platform.Request("开锁")).WaitAsync(Deadline, Stop)).Code.ShouldBe(201);
                (await system.Get("/api/vendors?limit=5").WaitAsync(Deadline, Stop)).Code.ShouldBe(200);
            }
        }
        using var after = new PlainBrowser();
        await after.SignIn(platform.User("operator"));
        (await after.Http.GetAsync("/session/me", Stop)).EnsureSuccessStatusCode();
    }

    [Theory]
    [InlineData("POST /connect/token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9999\r\n\r\n", 408)]
    [InlineData("POST /api/intake/requests HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9999\r\n\r\n{", 408)]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\nX-More: ", 408)]
    public async Task What_is_never_finished_is_told_so_and_cut(string beginning, int code)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", int.Parse(Platform.Port, CultureInfo.InvariantCulture), Stop);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(beginning), Stop);
        using var reader = new StreamReader(stream);
        var answer = RawHttp.Parse(await reader.ReadToEndAsync(Stop).WaitAsync(Wait.Patience, Stop));
        answer.Code.ShouldBe(code);
        if (beginning.StartsWith("POST", StringComparison.Ordinal)) answer.Problem()["code"]!.ToString().ShouldBe("body.too-slow");
    }

    [Fact]
    public async Task One_account_has_so_many_streams_and_others_have_theirs()
    {
        var (cti, ops) = (await platform.TokenOf(platform.Credential("cti")), await platform.TokenOf(platform.Credential("ops")));
        var open = new List<HttpResponseMessage>();
        for (var i = 0; i < 10; i++) open.Add(await Open(cti));
        open.ShouldAllBe(o => o.IsSuccessStatusCode);
        var refused = await platform.As("cti").Get("/api/live").WaitAsync(Deadline, Stop);
        (refused.Code, refused.Text("code")).ShouldBe((429, "live.too-many"));
        refused.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
        using (var other = await Open(ops)) other.IsSuccessStatusCode.ShouldBeTrue();
        foreach (var stream in open) stream.Dispose();
        await Wait.Until(async () =>
        {
            using var again = await Open(cti);
            return again.IsSuccessStatusCode;
        }, "a stream once others are closed");
    }

    [Fact]
    public async Task A_strangers_large_body_is_not_kept()
    {
        var large = new string('a', 100_000);
        (await platform.Anonymous.Raw("/connect/token", large, "application/x-www-form-urlencoded")).Code.ShouldBe(413);
        (await platform.Anonymous.Raw("/api/intake/requests", $"\"{large}\"")).Text("code").ShouldBe("auth.required");
        // of one who signed in it is read, and too long for its field
        (await platform.Operator.Raw("/api/intake/requests", $$"""{"description":"{{large}}"}""")).Code.ShouldBe(400);
    }

    [Fact]
    public async Task An_address_that_opens_connections_without_end_loses_its_oldest_and_everybody_is_served()
    {
        var port = int.Parse(Platform.Port, CultureInfo.InvariantCulture);
        var idle = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 2200; i++)
            {
                var client = new TcpClient();
                idle.Add(client);
                await client.ConnectAsync("127.0.0.1", port, Stop);
            }
            await Wait.Until(() => idle[0].Client.Poll(0, SelectMode.SelectRead), "the oldest to be cut");
            (await RawHttp.Send("GET", "/alive").WaitAsync(Deadline, Stop)).Code.ShouldBe(200);
            (await platform.Operator.Get("/api/catalog/areas").WaitAsync(Deadline, Stop)).Code.ShouldBe(200);
            idle[^1].Client.Poll(0, SelectMode.SelectRead).ShouldBeFalse("the newest is still open");
        }
        finally
        {
            foreach (var client in idle) client.Dispose();
        }
    }

    private async Task<HttpResponseMessage> Open(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/live");
        request.Headers.Authorization = new("Bearer", token);
        return await platform.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop).WaitAsync(Deadline, Stop);
    }
}

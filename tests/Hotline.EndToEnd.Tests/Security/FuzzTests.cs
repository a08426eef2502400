using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Npgsql;

namespace Hotline.EndToEnd.Tests.Security;

/// <summary>Hostile requests to every operation: never a 5xx, never a stack trace, never a changed row where the answer is a refusal.
/// HOTLINE_FUZZ = requests to each operation; a failure names its seed, and CsCheck_Seed repeats it.</summary>
public sealed class FuzzTests(Platform platform) : IDisposable
{
    private readonly HttpClient _gateway = Caller(platform.Http.BaseAddress!);

    private static readonly int Requests = int.Parse(Environment.GetEnvironmentVariable("HOTLINE_FUZZ") ?? "8",
        CultureInfo.InvariantCulture);

    // the tables that are looked at: all but those that change by themselves or with any request
    private const string Rows = """
        select coalesce(string_agg(format('%I', tablename), ',' order by tablename), '') from pg_tables where schemaname = 'public'
            and tablename not in ('outbox', 'inbox', 'idempotency', 'scores', 'score_history', 'uncounted', 'vendor_scores',
                'trend', 'reconciliations', 'schemaversions', 'OpenIddictTokens', 'OpenIddictAuthorizations')
        """;

    [Fact]
    public async Task No_request_breaks_an_operation_or_leaves_a_trace_of_its_refusal()
    {
        var callers = new Callers(platform);
        await callers.Begin();
        // what other tests left open must not run out meanwhile
        await platform.Sql("dispatch", "update orders set offer_expires_at = offer_expires_at + interval '3 hours', "
            + "contact_by = contact_by + interval '3 hours' where ended_at is null");
        foreach (var operation in await Operation.All(platform.Http))
        {
            var token = operation.Path.StartsWith("/api/vendor/", StringComparison.Ordinal) ? callers.Token("vendor")
                : operation.Path.StartsWith("/api/ops/", StringComparison.Ordinal) ? callers.Token("ops")
                : operation.Path is "/api/calls/events" or "/api/calls/cti" ? callers.Token("cti") : callers.Token("supervisor");
            var before = operation.Method == "GET" ? null : await Settled();
            var accepted = 0;
            await Hostile.To(operation)
                .SampleAsync(async request => { if (await Send(_gateway, request, token) < 400) Interlocked.Increment(ref accepted); },
                    iter: Requests, threads: 2);
            if (before is not null && accepted == 0)
                (await Settled()).ShouldBe(before, $"{operation.Name} refused everything and yet changed something");
        }
    }

    /// <summary>Pages and OAuth's addresses, at Identity itself: the gateway lets one address sign in ten times a second.</summary>
    [Fact]
    public async Task No_form_breaks_a_page_or_an_address_of_OAuth()
    {
        string[] oauth = ["grant_type", "client_id", "client_secret", "refresh_token", "code", "code_verifier", "redirect_uri",
            "scope", "state", "username", "password"];
        string[] authorize =
            ["client_id", "redirect_uri", "response_type", "scope", "state", "nonce", "code_challenge", "code_challenge_method",
                "prompt", "request", "id_token_hint"];
        string[] login = ["Username", "Password", "ReturnUrl", "__RequestVerificationToken", "handler"];
        (string, string, string[])[] addresses =
        [
            ("POST", "/connect/token", oauth), ("GET", "/connect/token", oauth), ("GET", "/connect/authorize", authorize),
                ("POST", "/connect/authorize", authorize),
            ("GET", "/connect/logout", authorize), ("POST", "/connect/logout", authorize), ("POST", "/connect/revoke", oauth),
                ("GET", "/account/login", login),
            ("POST", "/account/login", login), ("POST", "/account/two-factor", login), ("GET", "/.well-known/openid-configuration", oauth),
        ];
        var line = (await File.ReadAllLinesAsync(Path.Combine(platform.State, "services.env"), TestContext.Current.CancellationToken))
            .First(l => l.StartsWith("services__identity__http__0=", StringComparison.Ordinal));
        using var identity = Caller(new Uri(line.Split('=', 2)[1]));
        foreach (var (method, path, fields) in addresses) await Hostile.ToForm(method, path, fields)
            .SampleAsync(request => Send(identity, request, null), iter: Requests, threads: 2);
        foreach (var path in (string[])["/session/login", "/account/login"])
            await Hostile.ToForm("GET", path, "returnUrl").SampleAsync(request => Send(_gateway, request, null),
                iter: Math.Min(Requests, 20), threads: 2);
    }

    public void Dispose() => _gateway.Dispose();

    private static HttpClient Caller(Uri address) => new(new SocketsHttpHandler
    {
        RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8, // as browsers and other clients may send them
        AllowAutoRedirect = false,
        UseCookies = false,
    })
    { BaseAddress = address, Timeout = TimeSpan.FromSeconds(40) };

    private static async Task<int> Send(HttpClient http, HostileRequest hostile, string? token)
    {
        using var request = new HttpRequestMessage(new HttpMethod(hostile.Method), hostile.Path);
        if (hostile.Body is not null)
        {
            request.Content = new ByteArrayContent(hostile.Body);
            if (hostile.ContentType is not null) request.Content.Headers.TryAddWithoutValidation("Content-Type", hostile.ContentType);
        }
        foreach (var (name, value) in hostile.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value)) request.Content?.Headers.TryAddWithoutValidation(name, value);
        }
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        HttpResponseMessage response;
        try { response = await http.SendAsync(request); }
        catch (HttpRequestException e) when (e.InnerException is IOException && hostile.IsNoHttp)
        {
            return 400; // refused at its first line and closed, while the rest was still being sent
        }
        using var _ = response;
        var (status, text) = ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
        if (status == 429) // too fast: not what is asked here
        {
            await Task.Delay(response.Headers.RetryAfter!.Delta!.Value);
            return await Send(http, hostile, token);
        }
        status.ShouldBeLessThan(500, $"{hostile}\n{text}");
        text.ShouldNotContain("   at ", customMessage: hostile.ToString());
        if (token is null) return status;
        foreach (var header in response.Headers) header.Key.ShouldNotBe("Set-Cookie");
        // what is no HTTP is refused before our code sees it
        if (status < 400 || (text.Length == 0 && status is 400 or 414 or 431)) return status;
        var problem = JsonNode.Parse(text)!;
        (problem["code"]?.ToString(), problem["traceId"]?.ToString().Length)
            .ShouldSatisfyAllConditions(p => p.Item1.ShouldNotBeNullOrEmpty(text), p => p.Length.ShouldBe(32, text));
        return status;
    }

    /// <summary>A fingerprint of all rows, taken once nothing is under way any more.</summary>
    private async Task<string> Settled()
    {
        async Task<string> Print()
        {
            var prints = new List<string>();
            foreach (var database in PlatformServices.Databases)
            {
                await using var source = NpgsqlDataSource.Create(await Databases.Of(platform, database));
                await using var names = source.CreateCommand(Rows);
                foreach (var table in ((string)(await names.ExecuteScalarAsync())!).Split(','))
                {
                    // a score beside what a vendor offers changes by itself
                    await using var print = source
                        .CreateCommand($"select coalesce(sum(hashtextextended((to_jsonb(t) - 'score')::text, 0)), 0)::text from {table} t");
                    prints.Add($"{database}.{table} {await print.ExecuteScalarAsync()}");
                }
            }
            return string.Join('\n', prints);
        }
        var last = await Print();
        return await Wait.For(async () =>
        {
            await Task.Delay(300);
            var now = await Print();
            var same = now == last;
            last = now;
            return same ? now : null;
        }, "the rows to settle");
    }
}

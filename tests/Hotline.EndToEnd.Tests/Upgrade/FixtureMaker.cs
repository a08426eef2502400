using System.Globalization;
using System.Text.RegularExpressions;
using Hotline.EndToEnd.Tests.Security;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace Hotline.EndToEnd.Tests.Upgrade;

/// <summary>Makes what <see cref="UpgradeTests"/> begins with, out of an older release: plays on its platform, stops services so that
/// events wait in queues, takes the broker away so that they wait in outboxes, and writes down databases and broker.
/// Run by Upgrade/make-fixture, which has the older release started in the place of this one.</summary>
public sealed partial class FixtureMaker(Platform platform)
{
    // all but whom nobody hears and whose events are to wait
    private static readonly string[] Away = [.. PlatformServices.All.Where(s => s.Database is not null)
        .Select(s => s.Name).Except(["identity", "dispatch"])];

    private readonly List<StoredMessage> _parked = [];
    private Guid _suspended;
    private StepByStep _play = null!;
    private BrokerContents _broker = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string Folder => Environment.GetEnvironmentVariable("HOTLINE_UPGRADE_FIXTURE")
        ?? throw new InvalidOperationException("Run by Upgrade/make-fixture");

    [Fact(Explicit = true)]
    public async Task Make()
    {
        _broker = new(new LocalStack(Platform.Root, platform.State, int.Parse(Platform.Port, CultureInfo.InvariantCulture)));
        var (code, output) = await Platform.Deploy("demo", "--state", platform.State);
        code.ShouldBe(0, output);
        var authenticator = await People();
        await Everything_in_the_middle();
        await Settled();
        var over = await Over();
        await Waiting_for_all_but_dispatch();
        await Waiting_for_dispatch_and_evaluation();
        await Waiting_for_the_broker();

        var at = DateTimeOffset.UtcNow;
        await One_phrase_for_all();
        var stored = await _broker.Store(_parked);
        await File.WriteAllTextAsync(Path.Combine(Folder, "broker.json"), stored.ToString(), Stop);
        foreach (var database in PlatformServices.Databases) await Dump(database);
        new OlderPlatform(Environment.GetEnvironmentVariable("HOTLINE_UPGRADE_FROM")!, at, authenticator, _play.VendorId, _play.Ids, over,
            await DatabaseRows.Of(platform)).Save(Folder);
    }

    // a vendor with a system and a person of its own, one that will be suspended, one that was removed, and a person with two-step
    // verification
    private async Task<string> People()
    {
        var vendor = await platform.A_vendor("升级测试木工店", "house.carpentry");
        _play = new(platform.Operator, await platform.Vendor(vendor), vendor);
        _suspended = await platform.A_vendor("升级测试将暂停的店", "house.carpentry");
        _play.Ids["vendor removed"] = await platform.A_vendor("升级测试除名的店", "house.carpentry");
        await platform.Vendor(_play.Ids["vendor removed"]);
        (await platform.Supervisor.Post("/api/evaluation/sanctions",
            new { vendorId = _play.Ids["vendor removed"], kind = "termination", reason = "严重违规" })).Code.ShouldBe(201);
        await User(OlderPlatform.VendorsPerson);
        var account = await User(OlderPlatform.TwoStepPerson);
        using var browser = new PlainBrowser();
        await browser.SignIn(account);
        var key = Totp.KeyOn(await browser.Text("/account/two-factor"));
        (await browser.Submit("/account/two-factor", ("Code", Totp.Code(key)), "On")).ShouldContain("两步验证已开启");
        return key;
    }

    private async Task<(string, string)> User(string name)
    {
        var made = await platform.Supervisor.Post($"/api/vendors/{_play.VendorId}/users", new { username = name });
        made.Code.ShouldBe(201, made.ToString());
        return (made.Text("username"), made.Text("password"));
    }

    // an order at each step of its life, and callbacks at theirs
    private async Task Everything_in_the_middle()
    {
        await _play.Registered("registered", OlderPlatform.Phone, ("Idempotency-Key", OlderPlatform.IdempotencyKey));
        foreach (var name in (string[])["offered", "offered, accepted meanwhile", "offered, rejected meanwhile",
            "offered, then its request cancelled", "offered, accepted without a broker"]) await _play.Offered(name);
        await _play.Offered("offered to a vendor that is suspended meanwhile", _suspended);
        for (var step = 1; step < StepByStep.Steps.Length; step++) await _play.Led($"after {StepByStep.Steps[step - 1].Name}", step);
        await _play.Led("arrived, completed meanwhile", 5);
        await _play.Led("quoted, agreed meanwhile", 3);
        await _play.Led("quoted, declined meanwhile", 3);
        foreach (var name in (string[])["callback open", "callback claimed", "callback tried", "callback done meanwhile",
            "callback done without a broker"]) await _play.Called(name);
        await _play.Claimed("callback claimed");
        (await platform.Operator.Post($"/api/follow-ups/{await _play.Claimed("callback tried")}/attempts", new { outcome = "noAnswer" }))
            .Code.ShouldBe(200);

        // two callbacks about one request: the first price was declined, the second vendor served
        await _play.Led("two callbacks", 3);
        await _play.Order("two callbacks").DeclineQuote("太贵");
        await _play.Callback("two callbacks");
        await _play.Offered("two callbacks, the second order", request: _play.Ids["two callbacks"]);
        await _play.Led("two callbacks, the second order", StepByStep.Steps.Length);
        await Wait.Until(async () => (await platform.Operator.Get($"/api/follow-ups?status=open&requestId={_play.Ids["two callbacks"]}"))
            .Items.Length == 2, "the second callback");
    }

    // events of dispatch that nobody takes
    private async Task Waiting_for_all_but_dispatch()
    {
        await platform.Control(["stop", .. Away.Select(s => $"services:{s}")]);
        await _play.Order("offered, accepted meanwhile").Accept();
        await _play.Order("offered, rejected meanwhile").Reject("今天人手排满了");
        await _play.Order("arrived, completed meanwhile").Complete(120, "已处理,讲明使用注意事项");
        await _play.Order("quoted, agreed meanwhile").AcceptQuote();
        await _play.Order("quoted, declined meanwhile").DeclineQuote("太贵");
        await Published("dispatch");
        await platform.Control("stop", "services:dispatch");
        _parked.AddRange(await _broker.Messages(take: true));
        await platform.Control(["start", .. Away.Select(s => $"services:{s}")]);
        await Answers("/api/intake/requests", "/api/vendors", "/api/follow-ups", "/api/evaluation/vendors");
    }

    // events of the others that dispatch does not take, and those of callbacks that evaluation does not
    private async Task Waiting_for_dispatch_and_evaluation()
    {
        await _play.Registered("registered meanwhile");
        (await platform.Operator.Post($"/api/intake/requests/{_play.Ids["offered, then its request cancelled"]}/cancel",
            new { reason = "市民不需要了" })).Code.ShouldBe(200);
        (await platform.Supervisor.Post("/api/evaluation/sanctions",
            new { vendorId = _suspended, kind = "suspension", reason = "投诉属实", until = DateTimeOffset.UtcNow.AddDays(30) }))
            .Code.ShouldBe(201);
        await platform.A_vendor("升级测试新店", "house.carpentry");
        await Published("evaluation");
        await platform.Control("stop", "services:evaluation");
        await _play.Completed("callback done meanwhile");
        foreach (var service in Away.Except(["evaluation"])) await Published(service);
        await Wait.Until(async () => (await _broker.Waiting()).All(q => q.Key.StartsWith("dispatch-", StringComparison.Ordinal)
            || q.Key.StartsWith("evaluation-", StringComparison.Ordinal)), "all others have heard");
        _parked.AddRange(await _broker.Messages(take: true));
        await platform.Control("start", "services:evaluation", "services:dispatch");
        await Answers("/api/dispatch/orders", "/api/evaluation/vendors");
    }

    // events that wait in outboxes; the last offer runs out while everything is stopped
    private async Task Waiting_for_the_broker()
    {
        await platform.Control("stop", "servers:rabbitmq");
        await _play.Registered("registered without a broker");
        await _play.Order("offered, accepted without a broker").Accept();
        await _play.Completed("callback done without a broker");
        (await platform.Supervisor.Post("/api/evaluation/sanctions", new { vendorId = _play.VendorId, kind = "warning", reason = "迟到" }))
            .Code.ShouldBe(201);
        var order = await platform.Operator.Post("/api/dispatch/orders",
            new { requestId = _play.Ids["registered"], vendorId = _play.VendorId, answerWithinSeconds = 20 });
        order.Code.ShouldBe(201, order.ToString());
        _play.Ids["order whose offer runs out"] = order.Id;
        await platform.Control("stop", "services:");
        await platform.Control("start", "servers:rabbitmq");
        await Wait.Until(_broker.Answers, "the broker", TimeSpan.FromSeconds(60));
    }

    // nothing under way: what is written down is what will be there
    private async Task Settled()
    {
        foreach (var service in PlatformServices.All.Where(s => s.Database is not null)) await Published(service.Name);
        await Wait.Until(async () => (await _broker.Waiting()).Count == 0, "empty queues");
    }

    private async Task<SeenRequest[]> Over()
    {
        List<SeenRequest> seen = [];
        foreach (var item in (await platform.Operator.Get("/api/intake/requests?status=closed&limit=5")).Items)
        {
            var request = await platform.Operator.Get($"/api/intake/requests/{item["id"]}");
            seen.Add(SeenRequest.Of(request));
        }
        return [.. seen];
    }

    // until the service's outbox is empty
    private async Task Published(string service)
    {
        var database = await Databases.Of(platform, PlatformServices.All.Single(s => s.Name == service).Database!);
        await Wait.Until(async () => (await DatabaseRows.Of(database))["outbox"] == 0, $"{service}'s outbox to be empty");
    }

    private async Task Answers(params string[] paths)
    {
        foreach (var path in paths)
        {
            var client = path.Contains("evaluation") || path.Contains("vendors") ? platform.Supervisor : platform.Operator;
            await Wait.Until(async () => (await client.Get($"{path}?limit=1")).Code == 200, path, TimeSpan.FromSeconds(60));
        }
    }

    // passwords and secrets that nobody can take for a platform's: what was given out at random is in no file
    private async Task One_phrase_for_all()
    {
        var hash = new PasswordHasher<object>().HashPassword(new(), OlderPlatform.Phrase);
        await Sql("identity", $"""
            update "AspNetUsers" set password_hash = '{hash}';
            update "OpenIddictApplications" set client_secret =
                (select client_secret from "OpenIddictApplications" where client_id = 'hotline-gateway');
            truncate "OpenIddictTokens" cascade
            """);
        // half of all bytes are answers that nobody will ask for again
        foreach (var database in PlatformServices.Databases)
            await Sql(database, $"delete from idempotency where key <> '{OlderPlatform.IdempotencyKey}'");
    }

    // as the administrator: an older release knew no roles of the services' own
    private async Task Sql(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(await Databases.Of(platform, database));
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Stop);
    }

    private async Task Dump(string database)
    {
        var own = new NpgsqlConnectionStringBuilder(await Databases.Of(platform, database));
        var text = await ProcessRunner.Must("pg_dump", ["--no-owner", "--no-acl", "--encoding=UTF8", database], ("PGHOST", own.Host),
            ("PGPORT", own.Port.ToString(CultureInfo.InvariantCulture)), ("PGUSER", own.Username), ("PGPASSWORD", own.Password),
            ("PGTZ", "UTC"));
        // newer versions of pg_dump begin and end with a random word that older versions of psql do not know
        await File.WriteAllTextAsync(Path.Combine(Folder, $"{database}.sql"), Restricting().Replace(text, ""), Stop);
    }

    [GeneratedRegex(@"^\\(un)?restrict .*\n", RegexOptions.Multiline)]
    private static partial Regex Restricting();
}

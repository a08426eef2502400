using Hotline.EndToEnd.Tests.Security;
using Npgsql;

namespace Hotline.EndToEnd.Tests.Upgrade;

/// <summary>A platform of an older release with data, open work and events under way goes on under this one.</summary>
public sealed class UpgradeTests(UpgradedPlatform platform) : IClassFixture<UpgradedPlatform>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_event_that_waited_in_a_queue_or_an_outbox_took_effect_once()
    {
        (await platform.Broker.Waiting()).ShouldBeEmpty("nothing waits, in error queues neither");
        platform.Waited.Count.ShouldBeGreaterThan(15);
        var taken = new List<string>();
        foreach (var database in PlatformServices.Databases)
        {
            await using var source = NpgsqlDataSource.Create(platform.Database(database));
            await using var inbox = source.CreateCommand("select consumer || ' ' || message_id from inbox");
            await using var reader = await inbox.ExecuteReaderAsync(Stop);
            while (await reader.ReadAsync(Stop)) taken.Add(reader.GetString(0));
        }
        platform.Waited.Select(m => $"{m.Queue} {m.Id}").Except(taken).ShouldBeEmpty();
        platform.Older.Rows.Where(r => r.Key.EndsWith(".outbox", StringComparison.Ordinal)).Sum(r => r.Value)
            .ShouldBeGreaterThan(3, "the stored outboxes had something in them");
    }

    [Fact]
    public async Task The_books_of_all_services_agree()
    {
        var (code, output) = await Platform.Deploy("reconcile", "--state", platform.State);
        code.ShouldBe(0, output);
        output.TrimEnd().ShouldEndWith("missing 0, doubled 0, stuck 0, disagreeing 0");
    }

    [Fact]
    public void Nothing_is_gone()
    {
        // what a release changes of the rows themselves, and what comes with it or goes with time
        Dictionary<string, long> changed = new()
        {
            ["follow_up.follow_ups"] = -1, // of two open callbacks of a request one is left, which remembers the other
        };
        string[] transient = ["outbox", "idempotency"];
        foreach (var (table, rows) in platform.Older.Rows.Where(r => !transient.Contains(r.Key.Split('.')[1])))
        {
            platform.Rows.ShouldContainKey(table);
            platform.Rows[table].ShouldBeGreaterThanOrEqualTo(rows + changed.GetValueOrDefault(table), table);
        }
        foreach (var table in (string[])["intake.requests", "dispatch.orders", "vendor_registry.vendors", "evaluation.sanctions"])
            platform.Rows[table].ShouldBe(platform.Older.Rows[table], table);
    }

    [Fact]
    public async Task Requests_that_were_over_are_shown_as_before_and_found_by_phone_number_and_words()
    {
        platform.Older.Requests.ShouldNotBeEmpty();
        foreach (var before in platform.Older.Requests)
        {
            var now = await platform.Operator.Get($"/api/intake/requests/{before.Id}");
            now.Code.ShouldBe(200, now.ToString());
            SeenRequest.Of(now).ShouldBe(before);
            foreach (var search in (string[])[$"phone={before.Phone}", $"q={before.Number}", $"q={before.Description[..4]}",
                $"q={before.Address[..4]}", $"status={before.Status}"])
            {
                var found = await platform.Operator.Get($"/api/intake/requests?limit=50&{search}");
                found.Code.ShouldBe(200, $"{search}: {found}");
                found.Items.Select(i => i["id"]!.ToString()).ShouldContain(before.Id.ToString(), search);
            }
        }
    }

    [Fact]
    public async Task A_repetition_of_what_was_done_before_does_nothing_again()
    {
        var again = await platform.Operator.Post("/api/intake/requests", Platform.Request("木工", OlderPlatform.Phone),
            ("Idempotency-Key", OlderPlatform.IdempotencyKey));
        again.Code.ShouldBe(201, again.ToString());
        var first = await platform.Operator.Get($"/api/intake/requests/{platform.Older.Ids["registered"]}");
        again.Text("number").ShouldBe(first.Text("number"));
        (await platform.CountRows())["intake.requests"].ShouldBe(platform.Older.Rows["intake.requests"]);
    }

    [Theory]
    [InlineData("operator"), InlineData("supervisor"), InlineData("ops"), InlineData(OlderPlatform.VendorsPerson)]
    public async Task Who_could_sign_in_still_can_and_with_no_other_password(string name)
    {
        using var browser = new PlainBrowser(platform.Http.BaseAddress);
        await browser.SignIn((name, "another-password-than-that"));
        (await SignedIn(browser)).ShouldBeFalse();
        await browser.SignIn((name, OlderPlatform.Phrase));
        (await SignedIn(browser)).ShouldBeTrue();
    }

    [Fact]
    public async Task Two_step_verification_goes_on_with_the_same_device()
    {
        using var browser = new PlainBrowser(platform.Http.BaseAddress);
        var asked = await browser.SignIn((OlderPlatform.TwoStepPerson, OlderPlatform.Phrase));
        (await SignedIn(browser)).ShouldBeFalse("the password alone does not do");
        await browser.Submit(asked, ("Code", Totp.Code(platform.Older.Authenticator)));
        (await SignedIn(browser)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_removed_vendor_stays_out()
    {
        var refused = await platform.TokenRequest($"vendor-{platform.Older.Ids["vendor removed"]:N}");
        (await refused.Content.ReadAsStringAsync(Stop)).ShouldContain("unauthorized_client", customMessage: $"{refused.StatusCode}");
    }

    [Theory]
    [InlineData("offered, accepted meanwhile", "accepted", "accepted")]
    [InlineData("offered, accepted without a broker", "accepted", "accepted")]
    [InlineData("offered, rejected meanwhile", "rejected", "registered")]
    [InlineData("quoted, agreed meanwhile", "agreed", "agreed")]
    [InlineData("quoted, declined meanwhile", "declined", "registered")]
    [InlineData("arrived, completed meanwhile", "completed", "completed")]
    [InlineData("offered, then its request cancelled", "cancelled", "cancelled")]
    [InlineData("offered to a vendor that is suspended meanwhile", "withdrawn", "registered")]
    [InlineData("whose offer runs out", "expired", "registered")]
    public async Task What_was_under_way_arrived_at_both_ends(string name, string order, string request)
    {
        var id = name == "whose offer runs out" ? platform.Older.Ids["registered"] : platform.Older.Ids[name];
        await Wait.Until(async () => (await platform.Operator.Get($"/api/dispatch/orders/{platform.Older.Ids[$"order {name}"]}"))
            .Text("status") == order, $"{name}: {order}");
        await Wait.Until(async () => (await platform.Operator.Get($"/api/intake/requests/{id}")).Text("status") == request,
            $"{name}: {request}");
    }

    [Theory]
    [InlineData("offered", 0), InlineData("after accept", 1), InlineData("after contact", 2), InlineData("after quote", 3)]
    [InlineData("after agree", 4), InlineData("after arrive", 5)]
    public async Task An_order_goes_on_from_where_it_was(string name, int done)
    {
        var order = new OrderLife(platform.Operator, platform.Vendor, platform.Older.Ids[$"order {name}"]);
        foreach (var (_, take) in StepByStep.Steps.Skip(done)) await take(order);
        await Wait.Until(async () => (await platform.Operator.Get($"/api/intake/requests/{platform.Older.Ids[name]}"))
            .Text("status") == "completed", "intake hears of the end");
    }

    [Theory]
    [InlineData("callback open"), InlineData("callback claimed"), InlineData("two callbacks")]
    public async Task A_callback_goes_on_from_where_it_was(string name)
    {
        var id = (await platform.Operator.Get($"/api/follow-ups?requestId={platform.Older.Ids[name]}")).Items
            .ShouldHaveSingleItem()["id"]!.ToString();
        await new Lifecycle(platform.Operator).CompleteFollowUp(Guid.Parse(id), CitizensAnswers.Content());
        await Wait.Until(async () => (await platform.Operator.Get($"/api/intake/requests/{platform.Older.Ids[name]}"))
            .Text("status") == "closed", "intake hears of the end");
    }

    private static async Task<bool> SignedIn(PlainBrowser browser) =>
        (await browser.Http.GetAsync("/session/me", Stop)).IsSuccessStatusCode;
}

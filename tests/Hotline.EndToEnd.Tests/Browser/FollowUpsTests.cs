using System.Globalization;
using Hotline.Wire;
using Microsoft.Playwright;

namespace Hotline.EndToEnd.Tests.Browser;

/// <summary>The operator calls back: who cannot be asked now stands in nobody's way and comes again.</summary>
public sealed class FollowUpsTests(Platform platform, Chromium chromium) : BrowserTest(platform, chromium)
{
    private sealed record Called(Guid Id, string Number, string Shop);

    // services that were just done for: they are due before all others, in this order, and nobody has any follow-up in hand
    private async Task<Called[]> Due(int count)
    {
        await Sql("update follow_ups set status = 'open', claimed_by = null, claimed_by_name = null, claim_expires_at = null, "
            + "due_at = greatest(due_at, created_at), version = version + 1 where final_status is null");
        var shop = $"回访测试店{Guid.NewGuid():N}"[..12];
        var vendor = await Platform.A_vendor(shop, "house.wall-paint", "330381004");
        var (life, system) = (new Lifecycle(Platform.Operator), await Platform.Vendor(vendor));
        var due = new List<Called>();
        for (var i = 0; i < count; i++)
        {
            var request = await life.Register(EndToEnd.Tests.Platform.Request("刷墙", area: "330381004"));
            var order = await life.Offer(request.Id, vendor, system);
            await order.Propose(120);
            await order.AcceptQuote();
            await order.Arrive();
            await order.Complete(150, "刷好一面墙");
            var id = Guid.Parse(await Wait.For(async () => await life.FollowUps(request.Id, "open") is [var one] ? one["id"]!.ToString()
                : null, "the callback"));
            await Sql($"update follow_ups set due_at = timestamptz '2001-01-01' + interval '{i} days' where id = '{id}'");
            due.Add(new(id, request.Text("number"), shop));
        }
        return [.. due];
    }

    private Task<int> Sql(string sql) => Platform.Sql("follow-up", sql);

    private static Task Shows(Desk desk, Called called) =>
        Assertions.Expect(desk.Page.Locator("#current-title")).ToHaveTextAsync(called.Number);

    private static ILocator Row(Desk desk, Called called) => desk.Page.Locator(".queue-item", new() { HasText = called.Number[^6..] });

    private async Task<Answer> Stands(Called called) => await Platform.Operator.Get($"/api/follow-ups/{called.Id}");

    // what came of earlier tries stands in the queue as well
    private static ILocator Tried(Desk desk, string outcome) =>
        desk.Page.Locator(".not-asked").GetByRole(AriaRole.Button, new() { Name = outcome });

    private static Task Focused(Desk desk) => Wait.Until(
        () => desk.Page.EvaluateAsync<bool>("document.activeElement !== document.body"), "the focus on something");

    [Fact]
    public async Task Who_does_not_answer_waits_for_the_next_try_while_the_next_one_is_called()
    {
        var due = await Due(2);
        var desk = await Tab("operator", "/callbacks");
        await desk.Page.Keyboard.PressAsync("Alt+j");
        await Shows(desk, due[0]);
        await desk.Text("第 1 次，共 3 次").WaitForAsync();
        await Tried(desk, "无人接听").ClickAsync();
        await Shows(desk, due[1]); // by itself
        await Focused(desk);
        (await Stands(due[0])).Text("status").ShouldBe("waiting");
        await Assertions.Expect(Row(desk, due[0])).ToHaveCountAsync(0);

        // it waits in a view of its own, which the address holds
        await desk.Page.Locator(".views a", new() { HasText = "稍后" }).ClickAsync();
        await desk.Page.WaitForURLAsync("**/callbacks?view=later");
        await Assertions.Expect(Row(desk, due[0])).ToContainTextAsync("无人接听");
        await Shows(desk, due[1]);

        // and comes when it is due, while the page is open and nothing is told of it
        await desk.Page.Locator(".views a", new() { HasText = "到期" }).ClickAsync();
        await desk.Page.WaitForURLAsync("**/callbacks?view=due");
        await Sql($"update follow_ups set due_at = now() + interval '3 seconds' where id = '{due[0].Id}'");
        await Row(desk, due[0]).WaitForAsync(new() { Timeout = 45_000 });

        // what is in hand blocks nothing: another is opened, and both are mine
        await Sql($"update follow_ups set due_at = timestamptz '2001-01-01' where id = '{due[0].Id}'");
        await Row(desk, due[0]).ClickAsync();
        await Shows(desk, due[0]);
        await desk.Text("已拨打 1 次").WaitForAsync();
        await desk.Page.Locator(".views a", new() { HasText = "我的" }).ClickAsync();
        await Assertions.Expect(Row(desk, due[1])).ToHaveCountAsync(1);
        await Assertions.Expect(Row(desk, due[0])).ToHaveAttributeAsync("aria-current", "true");
    }

    [Fact]
    public async Task Who_has_a_break_puts_one_off_and_one_back_and_is_handed_none()
    {
        var due = await Due(3);
        var desk = await Tab("operator", "/callbacks");
        await desk.Page.GetByLabel("休息").CheckAsync();
        await desk.Page.Keyboard.PressAsync("Alt+j");
        await Shows(desk, due[0]);
        await desk.Page.Locator("#again-two").CheckAsync();
        await desk.Page.Locator("#later").ClickAsync();
        await desk.Text("休息中").WaitForAsync();
        var later = await Stands(due[0]);
        (later.Text("status"), later.Text("attempts")).ShouldBe(("waiting", "0"));
        (later.Body["dueAt"]!.GetValue<DateTimeOffset>() - DateTimeOffset.UtcNow).TotalHours.ShouldBe(2, 0.05);

        await Row(desk, due[2]).ClickAsync();
        await Shows(desk, due[2]);
        await desk.Page.Locator("#again-other").CheckAsync();
        await desk.Page.Locator("#again-day").SelectOptionAsync(new SelectOptionValue { Index = 2 });
        var day = await desk.Page.Locator("#again-day").InputValueAsync();
        await desk.Page.Locator("#again-time").SelectOptionAsync("14:45");
        await desk.Page.Locator("#later").ClickAsync();
        await desk.Text("休息中").WaitForAsync();
        var dueAt = (await Stands(due[2])).Body["dueAt"]!.GetValue<DateTimeOffset>().ToLocal();
        dueAt.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture).ShouldBe($"{day} 14:45");

        await Row(desk, due[1]).ClickAsync();
        await Shows(desk, due[1]);
        await desk.Page.Locator("#release").ClickAsync();
        await desk.Text("休息中").WaitForAsync();
        await Focused(desk);
        (await Stands(due[1])).Text("status").ShouldBe("open");

        await desk.Page.ReloadAsync(); // it is remembered
        await desk.Text("休息中").WaitForAsync();
        (await Platform.Operator.Get("/api/follow-ups/figures")).Body["mine"]!.GetValue<int>().ShouldBe(0);
        await desk.Page.GetByLabel("休息").UncheckAsync();
        await desk.Text("按 Alt+J 领取").WaitForAsync();
    }

    [Fact]
    public async Task A_try_that_ends_it_asks_first()
    {
        var due = await Due(1);
        await Sql($"update follow_ups set attempts = 2, last_outcome = 'busy' where id = '{due[0].Id}'");
        var desk = await Tab("operator", "/callbacks");
        await desk.Page.Keyboard.PressAsync("Alt+j");
        await Shows(desk, due[0]);
        await Tried(desk, "占线").ClickAsync();
        await desk.Text("这是第 3 次未接通，共 3 次").WaitForAsync();
        await desk.Page.Locator("#ask-back").ClickAsync();
        await desk.Page.GetByRole(AriaRole.Dialog).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await Tried(desk, "拒绝回访").ClickAsync();
        await desk.Text("不愿接受回访").WaitForAsync();
        await desk.Page.Locator("#ask-back").ClickAsync();
        await desk.Page.GetByRole(AriaRole.Dialog).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        ((await Stands(due[0])).Text("status"), (await Stands(due[0])).Text("attempts")).ShouldBe(("claimed", "2"));
        await Tried(desk, "占线").ClickAsync();
        await desk.Page.Locator("#ask-do").ClickAsync();
        await Wait.Until(async () => (await Stands(due[0])).Text("status") == "unreachable", "the end");
        await desk.Page.Locator(".views a", new() { HasText = "今日已完成" }).ClickAsync();
        await Assertions.Expect(Row(desk, due[0])).ToContainTextAsync("未联系上");
    }

    [Fact]
    public async Task The_answers_are_taken_down_with_single_keys_beside_what_was_done_and_agreed()
    {
        var due = await Due(1);
        var desk = await Tab("operator", "/callbacks");
        var keys = desk.Page.Keyboard;
        await keys.PressAsync("Alt+j");
        await Shows(desk, due[0]);
        var said = await desk.Page.Locator("#opening").InnerTextAsync();
        said.ShouldContain("您好，这里是 12345 热线");
        said.ShouldContain(due[0].Shop);
        await desk.Page.Locator(".work").WaitForAsync();
        var work = await desk.Page.Locator(".work").InnerTextAsync();
        foreach (var fact in (string[])["刷好一面墙", "¥120", "¥150", "多收 ¥30", "到场", "完工"]) work.ShouldContain(fact);

        await keys.PressAsync("4");
        foreach (var key in (string[])["y", "n", "y"]) await keys.PressAsync(key);
        async Task Said(bool price)
        {
            await Assertions.Expect(desk.Page.Locator("input[name=satisfaction]").Nth(3)).ToBeCheckedAsync();
            await Assertions.Expect(desk.Page.Locator("#resolved-yes")).ToBeCheckedAsync();
            await Assertions.Expect(desk.Page.Locator("#punctual-no")).ToBeCheckedAsync();
            await Assertions.Expect(desk.Page.Locator(price ? "#price-yes" : "#price-no")).ToBeCheckedAsync();
        }
        await Said(price: true);
        await keys.PressAsync("n"); // the question that has the focus is answered anew
        await Said(price: false);

        await desk.Page.Locator("#comment").FocusAsync();
        await keys.TypeAsync("y n 1 多收了钱");
        await Assertions.Expect(desk.Page.Locator("#comment")).ToHaveValueAsync("y n 1 多收了钱");
        await Said(price: false);
        await keys.PressAsync("Control+Enter");
        await Wait.Until(async () => (await Stands(due[0])).Text("status") == "completed", "the callback completed");
        var done = await Stands(due[0]);
        (done.Text("satisfaction"), done.Text("punctual"), done.Text("priceAsQuoted")).ShouldBe(("4", "false", "false"));
    }
}

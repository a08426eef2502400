using System.Text.Json.Nodes;
using Hotline.Testing;
using Microsoft.Playwright;

namespace Hotline.EndToEnd.Tests.Browser;

/// <summary>Lists are taken away as files.</summary>
public sealed class ExportsTests(Platform platform, Chromium chromium) : BrowserTest(platform, chromium)
{
    [Fact]
    public async Task A_list_is_downloaded_as_it_is_narrowed_and_citizens_in_full_only_after_a_question()
    {
        var area = Platform.An_area();
        var request = await A_request(area);
        var desk = await Open(Platform.User("supervisor"), $"/requests?areaCode={area}");
        var (export, keys) = (desk.Page.Locator("#export"), desk.Page.Keyboard);
        await export.ClickAsync();
        await Assertions.Expect(desk.Page.Locator("#export-menu button").First).ToBeFocusedAsync();
        (await desk.Findings()).ShouldBeEmpty();
        await keys.PressAsync("Escape");
        await Assertions.Expect(export).ToBeFocusedAsync();
        await Assertions.Expect(desk.Page.Locator("#export-menu")).ToHaveCountAsync(0);

        foreach (var (format, steps) in ((string, int)[])[("csv", 0), ("xlsx", 1)])
        {
            var rows = await Download(desk, format, async () =>
            {
                await keys.PressAsync("Alt+e");
                await Assertions.Expect(desk.Page.Locator("#export-menu button").First).ToBeFocusedAsync();
                for (var step = 0; step < steps; step++) await keys.PressAsync("ArrowDown");
                await keys.PressAsync("Enter");
            });
            rows.Length.ShouldBe(2);
            (rows[1][0], rows[1][2], rows[1][6]).ShouldBe((request.Text("number"), "待派单", "林**"));
            await Assertions.Expect(export).ToBeFocusedAsync();
        }

        await export.ClickAsync();
        await desk.Page.Locator("#export-menu button").Nth(2).ClickAsync();
        await desk.Page.Locator("#ask-do").WaitForAsync();
        (await desk.Findings()).ShouldBeEmpty();
        var full = await Download(desk, "csv", () => desk.Page.Locator("#ask-do").ClickAsync());
        full[1][6..8].ShouldBe(["林女士", "14500000001"]);
        (await Platform.Operator.Get($"/api/intake/requests/{request.Id}")).Code.ShouldBe(200); // a look
        await desk.Page.GotoAsync("/looks");
        await desk.Text($"requests.csv?areaCode={area}, 1").WaitForAsync();
        (await desk.Page.GetByRole(AriaRole.Link, new() { Name = request.Text("number") }).GetAttributeAsync("href"))
            .ShouldBe($"requests/{request.Id}");
        await desk.Button("导出").ClickAsync();
        (await desk.Findings()).ShouldBeEmpty();

        // an operator is not even asked
        var other = await Tab("operator", $"/requests?areaCode={area}", dark: true);
        await other.Page.Locator("#export").ClickAsync();
        await Assertions.Expect(other.Page.Locator("#export-menu button")).ToHaveCountAsync(2);
        (await other.Findings()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refused_export_says_why_and_one_that_breaks_off_leaves_no_file()
    {
        var desk = await Tab("operator", "/orders");
        var refused = new JsonObject { ["title"] = "超过 100,000 行", ["status"] = 400, ["code"] = "export.too-many-rows" };
        await desk.Page.RouteAsync("**/orders/export?*", r => r.FulfillAsync(new()
        { Status = 400, ContentType = "application/problem+json", Body = refused.ToJsonString() }));
        await desk.Page.Locator("#export").ClickAsync();
        await desk.Page.Locator("#export-menu button").First.ClickAsync();
        await desk.Text("超过 100,000 行").WaitForAsync();
        await Assertions.Expect(desk.Page.Locator("#export")).ToBeFocusedAsync();
        await desk.Page.UnrouteAllAsync();

        await desk.Page.RouteAsync("**/orders/export?*", r => r.AbortAsync("connectionreset"));
        await desk.Page.Locator("#export").ClickAsync();
        await desk.Page.Locator("#export-menu button").First.ClickAsync();
        await desk.Text("连接不上").WaitForAsync();
    }

    [Fact]
    public async Task People_and_their_changes_and_systems_are_files_for_an_admin_and_hold_no_secret()
    {
        var desk = await Open(Platform.User("admin"), "/staff");
        foreach (var (page, column) in ((string, string)[])[("/staff", "用户名"), ("/audit", "时间"), ("/systems", "名称")])
        {
            await desk.Page.GotoAsync(page);
            foreach (var (format, place) in ((string, int)[])[("csv", 0), ("xlsx", 1)])
            {
                var rows = await Download(desk, format, async () =>
                {
                    await desk.Page.Locator("#export").ClickAsync();
                    await desk.Page.Locator("#export-menu button").Nth(place).ClickAsync();
                });
                rows[0][0].ShouldBe(column);
                rows.Length.ShouldBeGreaterThan(1);
                rows.SelectMany(r => r).ShouldNotContain(cell => cell == Platform.Credential("operator").Secret);
            }
        }
    }

    private async Task<Answer> A_request(string area)
    {
        var answer = await Platform.Operator.Post("/api/intake/requests", new
        {
            channel = "phone",
            dialledNumber = "12345",
            caller = new { name = "林女士", phone = "14500000001" },
            areaCode = area,
            address = "瑞安广场东边三楼",
            categoryCode = "drains.unclog-drain",
            description = "=1+1",
        });
        answer.Code.ShouldBe(201, answer.ToString());
        return answer;
    }

    private static async Task<string[][]> Download(Desk desk, string format, Func<Task> ask)
    {
        var download = await desk.Page.RunAndWaitForDownloadAsync(ask);
        download.SuggestedFilename.ShouldMatch($@"^\w+_\d{{4}}-\d\d-\d\d_\d{{6}}\.{format}$");
        return ExportedFile.Rows(await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken), format);
    }
}

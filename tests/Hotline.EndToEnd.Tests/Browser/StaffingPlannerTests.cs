using Microsoft.Playwright;

namespace Hotline.EndToEnd.Tests.Browser;

/// <summary>The staffing planner: a forecast is typed or pasted, and says what one team gains.</summary>
public sealed class StaffingPlannerTests(Platform platform, Chromium chromium) : BrowserTest(platform, chromium)
{
    private static ILocator Gain(Desk desk) => desk.Page.Locator(".gain");

    [Fact]
    public async Task A_pasted_forecast_says_what_one_team_gains_and_survives_a_reload()
    {
        var desk = await Tab("supervisor", "/staffing");
        await desk.Page.Locator("#paste").FillAsync("时间\t12345\t81890\n09:00-09:30\t60\t60\n合计\t60\t60\n");
        await Assertions.Expect(desk.Page.Locator(".forecast tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(desk.Page.Locator("#paste")).ToHaveValueAsync("");
        await Assertions.Expect(desk.Page.Locator("#calls-1-0")).ToHaveValueAsync("60");
        await desk.Page.Locator("#aht-0").FillAsync("180");
        await desk.Page.Locator("#aht-1").FillAsync("180");
        await desk.Page.Locator("#reckon").ClickAsync();

        // a number without calls has a handling time too: what is missing is said where it is, and has the focus
        await Assertions.Expect(desk.Page.Locator("#aht-2-error")).ToHaveTextAsync("必填");
        await Assertions.Expect(desk.Page.Locator("#aht-2")).ToBeFocusedAsync();
        (await desk.Findings()).ShouldBeEmpty();
        await desk.Page.Locator("#aht-2").FillAsync("180");
        await desk.Page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(Gain(desk)).ToContainTextAsync(
            "合并后最忙时少 2 席（18 → 16）；同样 18 席时 15 秒接通率 84.7% → 95.4%，平均等待 11.8 → 2.3 秒。");

        await desk.Page.ReloadAsync();
        await Assertions.Expect(desk.Page.Locator("#calls-1-0")).ToHaveValueAsync("60");
        await Assertions.Expect(desk.Page.Locator("#aht-2")).ToHaveValueAsync("180");
        await desk.Page.Locator("#add").ClickAsync();
        await Assertions.Expect(desk.Page.Locator("#from-1")).ToHaveValueAsync("09:30");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "删除 09:00 这一行" }).ClickAsync();
        await Assertions.Expect(desk.Page.Locator(".forecast tbody tr")).ToHaveCountAsync(1);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task The_example_is_marked_has_charts_and_no_barrier_and_prints(bool dark, bool english)
    {
        var desk = await Open(Platform.User("supervisor"), "/staffing");
        await desk.Page.EvaluateAsync($"() => {{ localStorage.setItem('hotline.dark', '{(dark ? 1 : 0)}'); "
            + $"localStorage.setItem('hotline.language', '{(english ? "en" : "zh-CN")}'); }}");
        await desk.Page.ReloadAsync();
        await desk.Page.Locator("#example").ClickAsync();
        await Assertions.Expect(desk.Page.Locator(".staffing .notice"))
            .ToContainTextAsync(english ? "not calls of this hotline" : "不是本热线的来电");
        await desk.Page.Locator("#reckon").ClickAsync();
        await Assertions.Expect(Gain(desk)).ToContainTextAsync(english ? "One team needs" : "合并后最忙时少");
        await desk.Page.WaitForFunctionAsync("() => window.Chart && document.querySelectorAll('canvas').length === 2 "
            + "&& [...document.querySelectorAll('canvas')].every(c => Chart.getChart(c)?.data.labels.length === 20)");
        (await desk.Findings()).ShouldBeEmpty();
        foreach (var width in (int[])[390, 1024, 1280])
        {
            await desk.Page.SetViewportSizeAsync(width, 800);
            await desk.Page.WaitForFunctionAsync("() => document.documentElement.scrollWidth <= innerWidth");
            if (Environment.GetEnvironmentVariable("STAFFING_SHOTS") is { } shots)
                await desk.Page.ScreenshotAsync(new() { Path = $"{shots}/staffing-{width}-{dark}.png", FullPage = true });
        }
        await desk.Page.Locator("#level-switch").ClickAsync();
        await Assertions.Expect(desk.Page.Locator("section:has(#level) tbody tr")).ToHaveCountAsync(20);
        (await desk.Findings()).ShouldBeEmpty();
        await desk.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(desk.Page.Locator(".on-paper")).ToBeVisibleAsync();
        await Assertions.Expect(desk.Page.Locator("#staffing")).ToBeHiddenAsync();
        await Assertions.Expect(Gain(desk)).ToBeVisibleAsync();
    }
}

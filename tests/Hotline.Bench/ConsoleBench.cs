using System.Diagnostics;
using Hotline.Tools.Shared;
using Microsoft.Playwright;

namespace Hotline.Bench;

/// <summary>The console in Chromium: how long from a typed word to the vendors drawn, from an address to a page one can type into,
/// and how much comes over the wire.</summary>
public static class ConsoleBench
{
    private const int Times = 60;
    private static readonly string[] WordsInTurn = ["疏通", "开锁", "空调不制冷", "月嫂"];

    // from the input event to the frame after the list for the new category is there
    private const string Watch = """
        () => new Promise(resolve => {
            const title = document.querySelector('#matches-title'), before = title.innerText;
            let typed;
            document.querySelector('#keyword').addEventListener('input', () => typed = performance.now(), { once: true, capture: true });
            new MutationObserver((_, observer) => {
                if (title.innerText === before || !document.querySelector('.match, .matches .empty')) return;
                observer.disconnect();
                requestAnimationFrame(() => resolve(performance.now() - typed));
            }).observe(document.querySelector('.matches'), { childList: true, subtree: true, characterData: true });
        })
        """;

    public static async Task<IReadOnlyList<Row>> Run(PlatformCredentials credentials)
    {
        var (user, password) = credentials.User("operator");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync"],
        });
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = credentials.Gateway.ToString(),
            Locale = "zh-CN",
            ViewportSize = new() { Width = 1280, Height = 720 },
        });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/workbench");
        await page.Locator("#username").FillAsync(user);
        await page.Locator("#password").FillAsync(password);

        double bytes = 0;
        var wire = await context.NewCDPSessionAsync(page);
        await wire.SendAsync("Network.enable");
        wire.Event("Network.loadingFinished").OnEvent += (_, e) => bytes += e!.Value.GetProperty("encodedDataLength").GetDouble();
        var watch = Stopwatch.StartNew();
        await page.Locator("button[type=submit]").ClickAsync();
        await page.Locator("#phone").WaitForAsync();
        var first = watch.Elapsed.TotalMilliseconds;
        var load = bytes;
        watch.Restart();
        await page.ReloadAsync();
        await page.Locator("#phone").WaitForAsync();
        var again = watch.Elapsed.TotalMilliseconds;

        await page.Locator("#area").FillAsync("anyang");
        await page.Locator(".mud-popover-open .mud-list-item").First.WaitForAsync();
        await page.Keyboard.PressAsync("Tab");
        var drawn = new List<double>();
        for (var i = -WordsInTurn.Length; i < Times; i++)
        {
            var watched = page.EvaluateAsync<double>(Watch);
            await page.Locator("#keyword").FillAsync(WordsInTurn[Math.Abs(i) % WordsInTurn.Length]);
            var took = await watched;
            if (i >= 0) drawn.Add(took); // the first of each word warm up
        }
        drawn.Sort();
        return
        [
            new("console: typing to matches drawn, median", drawn[drawn.Count / 2], "ms", Reach: "<= 150"),
            new("console: typing to matches drawn, p95", drawn[(int)(drawn.Count * 0.95)], "ms"),
            new("console: first load over the wire", load / 1e6, "MB", Reach: "<= 3"),
            new("console: first load until one can type, nothing cached", first, "ms"),
            new("console: reload until one can type", again, "ms"),
        ];
    }
}

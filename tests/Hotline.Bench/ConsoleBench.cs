using System.Diagnostics;
using System.Globalization;
using Hotline.Tools.Shared;
using Microsoft.Playwright;

namespace Hotline.Bench;

/// <summary>The console in Chromium: how long from a typed word to the vendors drawn, from an address to a page one can type into, here and
/// on a slow line with a slow processor, how much comes over the wire, and what the tab takes of the machine's memory.</summary>
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
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync"],
        });
        var (page, first, load) = await SignIn(browser, credentials);
        var watch = Stopwatch.StartNew();
        await page.ReloadAsync();
        await page.Locator("#phone").WaitForAsync();
        var again = watch.Elapsed.TotalMilliseconds;
        var drawn = await Drawn(page);
        var memory = await Memory(browser, page);
        await page.Context.CloseAsync();

        var (_, slow, _) = await SignIn(browser, credentials, async wire =>
        {
            await wire.SendAsync("Network.emulateNetworkConditions", new()
            {
                ["offline"] = false,
                ["latency"] = 40,
                ["downloadThroughput"] = 10e6 / 8,
                ["uploadThroughput"] = 10e6 / 8,
            });
            await wire.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = 4 });
        });
        return
        [
            new("console: typing to matches drawn, median", drawn[drawn.Count / 2], "ms", Reach: "<= 120"),
            new("console: typing to matches drawn, p95", drawn[(int)(drawn.Count * 0.95)], "ms"),
            new("console: first load over the wire", load / 1e6, "MB", Reach: "<= 3"),
            new("console: first load until one can type, nothing cached", first, "ms", Reach: "<= 3000"),
            new("console: reload until one can type", again, "ms", Reach: "<= 1200"),
            new("console: first load at 10 Mbit/s, 40 ms, a quarter of the processor", slow, "ms", Reach: "<= 10000"),
            new("console: memory of the tab after every page (its share, PSS)", memory, "MiB", Reach: "<= 200"),
        ];
    }

    // from the password to a page one can type into
    private static async Task<(IPage Page, double Milliseconds, double Bytes)> SignIn(
        IBrowser browser, PlatformCredentials credentials, Func<ICDPSession, Task>? narrow = null)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = credentials.Gateway.ToString(),
            Locale = "zh-CN",
            ViewportSize = new() { Width = 1280, Height = 720 },
        });
        var (user, password) = credentials.User("operator");
        var page = await context.NewPageAsync();
        await page.GotoAsync("/workbench");
        await page.Locator("#username").FillAsync(user);
        await page.Locator("#password").FillAsync(password);

        double bytes = 0;
        var wire = await context.NewCDPSessionAsync(page);
        await wire.SendAsync("Network.enable");
        wire.Event("Network.loadingFinished").OnEvent += (_, e) => bytes += e!.Value.GetProperty("encodedDataLength").GetDouble();
        if (narrow is not null) await narrow(wire);
        var watch = Stopwatch.StartNew();
        await page.Locator("button[type=submit]").ClickAsync();
        await page.Locator("#phone").WaitForAsync();
        return (page, watch.Elapsed.TotalMilliseconds, bytes);
    }

    private static async Task<List<double>> Drawn(IPage page)
    {
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
        return drawn;
    }

    // the renderer's pages, those that it shares with other processes divided by their number: what the machine would get back
    private static async Task<double> Memory(IBrowser browser, IPage page)
    {
        foreach (var link in await page.Locator(".rail-link").AllAsync())
        {
            await link.ClickAsync();
            await page.WaitForURLAsync($"**/{await link.GetAttributeAsync("href")}");
            await page.Locator("main h1").First.WaitForAsync();
        }
        await (await page.Context.NewCDPSessionAsync(page)).SendAsync("HeapProfiler.collectGarbage");
        var all = await (await browser.NewBrowserCDPSessionAsync()).SendAsync("SystemInfo.getProcessInfo");
        return all!.Value.GetProperty("processInfo").EnumerateArray()
            .Where(p => p.GetProperty("type").GetString() == "renderer").Max(p => Share(p.GetProperty("id").GetInt32()));
    }

    private static double Share(int process) => File.ReadLines($"/proc/{process}/smaps_rollup")
        .Where(line => line.StartsWith("Pss:", StringComparison.Ordinal))
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(words => double.Parse(words[1], CultureInfo.InvariantCulture) / 1024).Single();
}

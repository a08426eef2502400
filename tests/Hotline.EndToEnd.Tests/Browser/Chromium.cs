using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Hotline.EndToEnd.Tests.Browser.Chromium))]

namespace Hotline.EndToEnd.Tests.Browser;

/// <summary>Debian's Chromium, driven by Playwright. Each person has a context of their own, as on a machine of their own.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private readonly Dictionary<string, IBrowserContext> _signedIn = [];
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    /// <summary>Screenshots and traces of tests that failed.</summary>
    public static string Kept { get; } = Path.Combine(Platform.Root, "TestResults");

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.CloseAsync();
        _playwright.Dispose();
    }

    /// <summary>Opens a browser for a person, not signed in yet.</summary>
    public async Task<Desk> Open(bool phone = false)
    {
        var context = await NewContext(phone);
        return new(context, await context.NewPageAsync(), closesContext: true);
    }

    /// <summary>Opens a browser and signs a person in.</summary>
    public async Task<Desk> Open((string Name, string Password) user, string path, bool phone = false)
    {
        var desk = await Open(phone);
        await desk.Page.GotoAsync(path);
        await Desk.SignInTo(desk.Page, user);
        return desk;
    }

    /// <summary>A new tab in the browser of the role's user, who is signed in already: what is typed is the tab's own.</summary>
    public async Task<Desk> Tab(Platform platform, string role, string path, bool dark = false)
    {
        if (!_signedIn.TryGetValue(role, out var context)) context = _signedIn[role] = await SignedIn(platform, role);
        var desk = new Desk(context, await context.NewPageAsync(), closesContext: false);
        if (dark) await desk.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await desk.Page.GotoAsync(path);
        await desk.Page.Locator("main h1").First.WaitForAsync();
        if (!desk.Page.Url.Contains("/account/login", StringComparison.Ordinal)) return desk;
        // a test of accounts has ended the person's sessions
        await Desk.SignInTo(desk.Page, platform.User(role));
        await desk.Page.GotoAsync(path);
        await desk.Page.Locator("main h1").First.WaitForAsync();
        return desk;
    }

    // one that did not get in, where others sign in from this address at the same moment, is no browser for the tests that come after
    private async Task<IBrowserContext> SignedIn(Platform platform, string role)
    {
        for (var attempt = 1; ; attempt++)
        {
            var context = await NewContext(false);
            try
            {
                var first = await context.NewPageAsync();
                await first.GotoAsync("/");
                await Desk.SignInTo(first, platform.User(role));
                await first.CloseAsync();
                return context;
            }
            catch (TimeoutException) when (attempt < 3)
            {
                await context.CloseAsync();
            }
        }
    }

    private async Task<IBrowserContext> NewContext(bool phone)
    {
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = $"http://localhost:{Platform.Port}",
            Locale = "zh-CN",
            ViewportSize = phone ? new() { Width = 390, Height = 844 } : new() { Width = 1280, Height = 720 },
            IsMobile = phone,
            HasTouch = phone,
        });
        context.SetDefaultTimeout(30_000);
        Assertions.SetDefaultExpectTimeout(30_000); // on a slow machine a page may take that long
        await context.Tracing.StartAsync(new() { Snapshots = true });
        return context;
    }
}

/// <summary>A person's browser.</summary>
public sealed class Desk
{
    private readonly bool _closesContext;
    private readonly ConcurrentQueue<string> _elsewhere = new(), _errors = new();

    public Desk(IBrowserContext context, IPage page, bool closesContext)
    {
        (Context, Page, _closesContext) = (context, page, closesContext);
        page.Request += (_, request) =>
        {
            var uri = new Uri(request.Url);
            if (uri.Scheme is "http" or "https" or "ws" or "wss" && uri.Authority != $"localhost:{Platform.Port}")
                _elsewhere.Enqueue(request.Url);
        };
        page.Console += (_, message) =>
        {
            // an answer of 4xx or 5xx is the page's business, and shown there
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
                _errors.Enqueue(message.Text);
        };
        page.PageError += (_, error) => _errors.Enqueue(error);
    }

    public IPage Page { get; }

    public IBrowserContext Context { get; }

    public static async Task SignIn(IPage page, (string Name, string Password) user)
    {
        await page.Locator("#username").FillAsync(user.Name);
        await page.Locator("#password").FillAsync(user.Password);
        await page.Locator("button[type=submit]").ClickAsync();
    }

    /// <summary>Signs in and waits for the page behind: that of signing in has a title too.</summary>
    public static async Task SignInTo(IPage page, (string Name, string Password) user)
    {
        await SignIn(page, user);
        await page.WaitForURLAsync(url => !url.Contains("/account/login", StringComparison.Ordinal));
        await page.Locator("main h1").First.WaitForAsync();
    }

    /// <summary>What the API answers to the page's session.</summary>
    public Task<int> Status(string path, string method = "GET") =>
        Page.EvaluateAsync<int>($"fetch('{path}', {{ method: '{method}', headers: {{ 'X-CSRF': '1' }} }}).then(r => r.status)");

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name });

    public ILocator Text(string text) => Page.GetByText(text).First;

    /// <summary>Waits until nothing loads and nothing moves: a dialog fades in.</summary>
    public async Task Settled()
    {
        await Assertions.Expect(Page.Locator(".loading")).ToHaveCountAsync(0);
        const string Moves = "a.playState === 'running' && a.effect.getTiming().iterations < Infinity";
        await Page.WaitForFunctionAsync($"() => !document.getAnimations().some(a => {Moves})");
    }

    /// <summary>Findings of axe-core for WCAG 2.2 A and AA that are serious or worse, as lines.</summary>
    public async Task<string[]> Barriers() => [.. (await Axe()).Where(v => v.Impact is "serious" or "critical").Select(Line)];

    /// <summary>All findings of axe-core for WCAG 2.2 A and AA, as lines.</summary>
    public async Task<string[]> Findings() => [.. (await Axe()).Select(Line)];

    /// <summary>Once it has settled, axe-core finds nothing.</summary>
    public async Task Clean(string where)
    {
        await Settled();
        (await Findings()).ShouldBeEmpty(where);
    }

    private async Task<AxeResultItem[]> Axe() =>
        (await Page.RunAxe(new AxeRunOptions
        { RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } })).Violations;

    private static string Line(AxeResultItem found) => $"{found.Id}: {string.Join(" | ", found.Nodes.Take(3).Select(n => n.Html))}";

    /// <summary>Closes it, and checks what must hold on every page: nothing fetched from elsewhere, no error on the console.</summary>
    /// <param name="failed">Then a screenshot and a trace are kept.</param>
    public async Task Close(bool failed)
    {
        if (failed || _elsewhere.Count + _errors.Count > 0)
        {
            Directory.CreateDirectory(Chromium.Kept);
            var name = Path.Combine(Chromium.Kept, $"{TestContext.Current.TestMethod?.MethodName}-{Guid.NewGuid().ToString("N")[..6]}");
            await Page.ScreenshotAsync(new() { Path = name + ".png" });
            await Context.Tracing.StopAsync(new() { Path = name + ".zip" });
            await Context.Tracing.StartAsync(new() { Snapshots = true });
        }
        if (_closesContext) await Context.CloseAsync();
        else
        {
            // the next tab of this browser is in Chinese and light, as if nobody had chosen anything
            await Page.EvaluateAsync("() => ['language', 'dark', 'density'].forEach(name => localStorage.removeItem('hotline.' + name))");
            await Page.CloseAsync();
        }
        _elsewhere.ShouldBeEmpty();
        _errors.ShouldBeEmpty();
    }
}

/// <summary>A test with people at browsers, which are closed when it is over and its outcome known.</summary>
public abstract class BrowserTest(Platform platform, Chromium chromium) : IAsyncDisposable
{
    private readonly List<Desk> _desks = [];

    protected Platform Platform { get; } = platform;

    /// <summary>A browser of its own, nobody signed in.</summary>
    protected async Task<Desk> Open(bool phone = false) => Keep(await chromium.Open(phone));

    /// <summary>A browser of its own, signed in.</summary>
    protected async Task<Desk> Open((string Name, string Password) user, string path, bool phone = false) =>
        Keep(await chromium.Open(user, path, phone));

    /// <summary>The password that whoever signs in first chooses.</summary>
    protected const string OwnPassword = "spill quartz lantern orchard";

    /// <summary>A browser of its own, signed in with a temporary password, which the next page wants replaced.</summary>
    protected async Task<Desk> OpenFirst((string Name, string Password) user, bool phone = false)
    {
        var desk = await Open(phone);
        await desk.Page.GotoAsync("/");
        await Desk.SignIn(desk.Page, user);
        await desk.Page.Locator("#new").FillAsync(OwnPassword);
        await desk.Page.Locator("#again").FillAsync(OwnPassword);
        await desk.Page.Locator("button[type=submit]").ClickAsync();
        await desk.Page.Locator("main h1").First.WaitForAsync();
        return desk;
    }

    /// <summary>A new tab in the browser of a role's user.</summary>
    protected async Task<Desk> Tab(string role, string path, bool dark = false) => Keep(await chromium.Tab(Platform, role, path, dark));

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        var failed = TestContext.Current.TestState?.Result == TestResult.Failed;
        foreach (var desk in _desks) await desk.Close(failed);
    }

    private Desk Keep(Desk desk)
    {
        _desks.Add(desk);
        return desk;
    }
}

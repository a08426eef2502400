using System.Globalization;
using Hotline.Console;
using Hotline.Console.Api;
using Hotline.Console.Live;
using Hotline.Console.Palette;
using Hotline.Console.Session;
using Hotline.Console.Shared;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Components.WebAssembly.Hosting;
using Microsoft.JSInterop;
using MudBlazor;
using MudBlazor.Services;

var builder = WebAssemblyHostBuilder.CreateDefault(args);
builder.RootComponents.Add<App>("#app");
builder.RootComponents.Add<HeadOutlet>("head::after");
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddLocalization();
builder.Services.AddMudServices(mud =>
{
    mud.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomRight;
    mud.SnackbarConfiguration.VisibleStateDuration = 6000;
    mud.SnackbarConfiguration.ShowTransitionDuration = mud.SnackbarConfiguration.HideTransitionDuration = 100;
    mud.SnackbarConfiguration.MaxDisplayedSnackbars = 3;
});
builder.Services.AddTransient<MudLocalizer, MudWords>();
builder.Services.AddSingleton(new HttpClient { BaseAddress = new(builder.HostEnvironment.BaseAddress) });
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton<SessionState>().AddSingleton<ApiClient>().AddSingleton<LiveUpdates>().AddSingleton<Keys>()
    .AddSingleton<Catalogue>().AddSingleton<PageTurns>().AddSingleton<Recents>().AddScoped<Feed>().AddSingleton<Clock>();

var host = builder.Build();
// the language is chosen once, before anything is shown; changing it loads the page anew
var js = host.Services.GetRequiredService<IJSRuntime>();
var language = await js.InvokeAsync<string?>("hotline.setting", "hotline.language") == "en" ? "en" : "zh-CN";
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentCulture =
    CultureInfo.CurrentUICulture = new(language);
await js.InvokeVoidAsync("hotline.language", language);
await host.RunAsync();

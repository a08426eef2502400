using Hotline.Telephony;
using Hotline.Telephony.Commands;
using Hotline.Telephony.Delivery;

var builder = WebApplication.CreateBuilder(args);
// secrets in a file that its owner alone can read, where they shall not be in the environment
if (builder.Configuration["Telephony:SecretsFile"] is { Length: > 0 } secrets)
    builder.Configuration.AddJsonFile(Path.GetFullPath(secrets), optional: false);
builder.AddHostDefaults("telephony");
builder.Logging.AddFilter("Polly", LogLevel.Error); // each try would be two warnings, for as long as the platform is away
builder.Services.AddOptions<TelephonyOptions>().BindConfiguration("Telephony").ValidateDataAnnotations()
    .Validate(o => o.IsSafe, "Telephony__Platform must be https, unless it is this machine").ValidateOnStart();
builder.Services.AddPlatformClient();
builder.Services.AddSingleton<EventBuffer>(services => new(
    services.GetRequiredService<Microsoft.Extensions.Options.IOptions<TelephonyOptions>>().Value.State,
    services.GetRequiredService<Microsoft.AspNetCore.DataProtection.IDataProtectionProvider>(),
    services.GetRequiredService<ILogger<EventBuffer>>()));
builder.Services.AddSingleton<TelephonyMetrics>().AddSingleton<PbxCommands>().AddSingleton<PbxLink>();
// in this order they start, and the other way round they end: what the PBX says is still kept while the sender ends
builder.Services.AddHostedService<EventSender>().AddHostedService(services => services.GetRequiredService<PbxLink>())
    .AddHostedService<CommandStream>();
builder.Services.AddHealthChecks().AddCheck<PbxHealth>("pbx");

var app = builder.Build();
app.MapHealth();
await app.RunAsync();

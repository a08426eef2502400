using Hotline.Contracts.Vendors;
using Hotline.Identity;
using Hotline.Identity.Audit;
using Hotline.Identity.Clients;
using Hotline.Identity.Revocation;
using Hotline.Identity.Sessions;
using Hotline.Identity.Staff;
using Hotline.Identity.Systems;
using Hotline.Identity.Tokens;
using Hotline.Identity.Users;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using IdentityOptions = Hotline.Identity.IdentityOptions;

var builder = WebApplication.CreateBuilder(args);
builder.AddHostDefaults("identity");
builder.AddPolicies();
builder.AddApi("identity", typeof(Program).Assembly);
builder.AddDatabase("identity", typeof(Work).Assembly, typeof(Program).Assembly);
builder.AddMessaging("identity", typeof(VendorAdmitted).Assembly, typeof(Program).Assembly);
builder.Services.AddHostedService<TrendClock>();
builder.AddForwarded();
var options = builder.Configuration.GetSection("Identity").Get<IdentityOptions>() ?? new();
builder.Services.AddOptions<IdentityOptions>().BindConfiguration("Identity").ValidateDataAnnotations().ValidateOnStart();
builder.Services.AddDbContext<IdentityDatabase>((services, database) =>
    database.UseNpgsql(services.GetRequiredService<NpgsqlDataSource>()).UseSnakeCaseNamingConvention().UseOpenIddict());
builder.AddUsers();
builder.AddTokens(options);
builder.Services.AddScoped<ClientRegistry>().AddScoped<VendorAccess>().AddScoped<AccountChanges>().AddScoped<StaffStore>()
    .AddScoped<StaffImport>()
    .AddSingleton<SessionStore>().AddSingleton<Generations>().AddSingleton<Revocations>().AddSingleton<RevocationSeal>()
    .AddSingleton<RevocationReader>().AddHostedService(services => services.GetRequiredService<RevocationReader>());
builder.Services.AddVerb("provision",
    "make the gateway's client, and first clients and users with fresh credentials in Identity:CredentialsFile", Provision.Run);
builder.Services.AddVerb("two-factor-off", "turn two-step verification off for the users named", TwoFactor.TurnOff);

var app = builder.Build();
app.UseForwarded();
app.UseStaticFiles();
app.MapDefaults();
app.MapTokens();
app.MapCredentials();
app.MapVendorUsers();
app.MapStaff();
app.MapStaffImport();
app.MapOwnAccount();
app.MapAudit();
app.MapSystems();
app.MapRevocations();
app.MapOps("identity");
app.MapTrend("identity");
app.MapRedrives("identity");
app.MapLedger("identity", Books.All);
app.MapRazorPages();
return await app.RunService(args);

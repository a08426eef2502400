using Hotline.Contracts.Vendors;
using Hotline.Messaging;
using Hotline.ServiceDefaults;
using Hotline.VendorRegistry;
using Hotline.VendorRegistry.Catalogue;
using Hotline.VendorRegistry.Demo;
using Hotline.VendorRegistry.Matching;
using Hotline.VendorRegistry.Vendors;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("vendor-registry");
builder.AddDatabase("vendor-registry", typeof(Work).Assembly, typeof(Program).Assembly);
builder.AddMessaging("vendor-registry", typeof(VendorAdmitted).Assembly, typeof(Program).Assembly);
builder.Services.AddOptions<PhoneNumberOptions>().BindConfiguration("Intake").ValidateDataAnnotations().ValidateOnStart();
builder.Services.AddHttpContextAccessor().AddScoped<VendorStore>().AddScoped<MatchStore>();
builder.Services.AddHostedService<Announcement>();
builder.Services.AddVerb("announce", "tell the other services of all vendors again", Announcement.All);
builder.Services.AddVerb("seed-demo", "add the demo vendors that are not there yet", DemoVendors.Seed);

var app = builder.Build();
app.MapDefaults();
app.MapCatalogue();
app.MapVendors();
app.MapOwnVendor();
app.MapMatch();
app.MapOps("vendor-registry");
app.MapLedger("vendor-registry", Books.All);
return await app.RunService(args);

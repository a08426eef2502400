using Hotline.Contracts.Vendors;
using Hotline.VendorRegistry;
using Hotline.VendorRegistry.Catalogue;
using Hotline.VendorRegistry.Demo;
using Hotline.VendorRegistry.History;
using Hotline.VendorRegistry.Import;
using Hotline.VendorRegistry.Matching;
using Hotline.VendorRegistry.Vendors;

var builder = WebApplication.CreateBuilder(args);
builder.AddService("vendor-registry", typeof(VendorAdmitted).Assembly, typeof(Program).Assembly);
builder.Services.AddOptions<PhoneNumberOptions>().BindConfiguration("Intake").ValidateDataAnnotations().ValidateOnStart();
builder.Services.AddHttpContextAccessor().AddScoped<VendorStore>().AddScoped<MatchStore>().AddScoped<HistoryStore>();
builder.Services.AddHostedService<Announcement>().AddHostedService<NameSpellings>();
builder.Services.AddVerb("announce", "tell the other services of all vendors again", Announcement.All);
builder.Services.AddVerb("seed-demo", "add the demo vendors that are not there yet", DemoVendors.Seed);

var app = builder.Build();
app.MapService("vendor-registry", Books.All);
app.MapCatalogue();
app.MapVendors();
app.MapHistory();
app.MapImport();
app.MapOwnVendor();
app.MapMatch();
return await app.RunService(args);

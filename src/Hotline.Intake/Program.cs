using Hotline.Contracts.Intake;
using Hotline.Intake;
using Hotline.Intake.Figures;
using Hotline.Intake.Requests;
using Hotline.Intake.Timeline;
using Hotline.Messaging;
using Hotline.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("intake");
builder.AddDatabase("intake", typeof(Work).Assembly, typeof(Program).Assembly);
builder.AddMessaging("intake", typeof(RequestRegistered).Assembly, typeof(Program).Assembly);
builder.Services.AddOptions<IntakeOptions>().BindConfiguration("Intake").ValidateDataAnnotations().ValidateOnStart();
builder.Services.AddOptions<PhoneNumberOptions>().BindConfiguration("Intake").ValidateDataAnnotations().ValidateOnStart();
builder.Services.AddOptions<PersonalDataOptions>().BindConfiguration("PersonalData").ValidateDataAnnotations().ValidateOnStart();
builder.Services.AddScoped<RequestStore>().AddScoped<TimelineStore>().AddSingleton<PhoneHash>().AddSingleton<RequestWords>()
    .AddHostedService<RequestMetrics>().AddHostedService<Retention>().AddHostedService<WordsFill>();

var app = builder.Build();
app.MapDefaults();
app.MapRequests();
app.MapTimeline();
app.MapFigures();
app.MapAccessLog("/api/intake");
app.MapOps("intake");
app.MapLedger("intake", Books.All);
return await app.RunService(args);

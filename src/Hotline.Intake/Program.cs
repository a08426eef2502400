using Hotline.Contracts.Intake;
using Hotline.Intake;
using Hotline.Intake.Figures;
using Hotline.Intake.Notes;
using Hotline.Intake.Notifications;
using Hotline.Intake.Requests;
using Hotline.Intake.Staffing;
using Hotline.Intake.Timeline;

var builder = WebApplication.CreateBuilder(args);
builder.AddService("intake", typeof(RequestRegistered).Assembly, typeof(Program).Assembly);
builder.Services.AddOptions<IntakeOptions>().BindConfiguration("Intake").ValidateDataAnnotations().ValidateOnStart();
builder.Services.AddOptions<PhoneNumberOptions>().BindConfiguration("Intake").ValidateDataAnnotations().ValidateOnStart();
builder.Services.AddOptions<PersonalDataOptions>().BindConfiguration("PersonalData").ValidateDataAnnotations().ValidateOnStart();
builder.Services.AddScoped<RequestStore>().AddScoped<TimelineStore>().AddScoped<NotificationStore>()
    .AddScoped<CitizenMasking>().AddSingleton<PhoneHash>().AddSingleton<RequestWords>()
    .AddHostedService<RequestMetrics>().AddHostedService<Retention>().AddHostedService<NotificationRetention>()
    .AddHostedService<WordsFill>();

var app = builder.Build();
app.MapService("intake", Books.All);
app.MapRequests();
app.MapTimeline();
app.MapNotes();
app.MapNotifications();
app.MapFigures();
app.MapStaffing();
app.MapAccessLog("/api/intake", "select number from requests where requests.id = access_log.request_id");
return await app.RunService(args);

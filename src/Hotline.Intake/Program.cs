using Hotline.Contracts.Intake;
using Hotline.Intake;
using Hotline.Intake.Calls;
using Hotline.Intake.Calls.Blocked;
using Hotline.Intake.Calls.Commands;
using Hotline.Intake.Calls.Figures;
using Hotline.Intake.Calls.Missed;
using Hotline.Intake.Figures;
using Hotline.Intake.Notes;
using Hotline.Intake.Notifications;
using Hotline.Intake.Requests;
using Hotline.Intake.Seats;
using Hotline.Intake.Staffing;
using Hotline.Intake.Timeline;

var builder = WebApplication.CreateBuilder(args);
builder.AddService("intake", typeof(RequestRegistered).Assembly, typeof(Program).Assembly);
builder.Services.AddOptions<IntakeOptions>().BindConfiguration("Intake").ValidateDataAnnotations().ValidateOnStart();
builder.Services.AddOptions<PhoneNumberOptions>().BindConfiguration("Intake").ValidateDataAnnotations().ValidateOnStart();
builder.Services.AddOptions<PersonalDataOptions>().BindConfiguration("PersonalData").ValidateDataAnnotations().ValidateOnStart();
builder.Services.AddOptions<CallOptions>().BindConfiguration("Calls").ValidateDataAnnotations().ValidateOnStart();
builder.Services.AddScoped<CallStore>().AddScoped<MissedStore>().AddScoped<CallCounts>().AddScoped<BlockedStore>()
    .AddScoped<CommandStore>().AddScoped<CallIngest>().AddScoped<CallViews>().AddSingleton<CallEventReader>().AddScoped<SeatStore>()
    .AddHostedService<SeatClock>().AddHostedService<CallRetention>().AddHostedService<CommandClock>();
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
app.MapCalls();
app.MapMissedCalls();
app.MapCti();
app.MapCommands();
app.MapDialling();
app.MapBlocked();
app.MapCallFigures();
app.MapSeats();
app.MapStaffing();
app.MapAccessLog("/api/intake", "select number from requests where requests.id = access_log.request_id");
return await app.RunService(args);

using Hotline.Contracts.FollowUp;
using Hotline.FollowUps;
using Hotline.FollowUps.Figures;
using Hotline.FollowUps.FollowUps;
using Hotline.Messaging;
using Hotline.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("follow-up");
builder.AddDatabase("follow-up", typeof(Work).Assembly, typeof(Program).Assembly);
builder.AddMessaging("follow-up", typeof(FollowUpCompleted).Assembly, typeof(Program).Assembly);
builder.Services.AddOptions<FollowUpOptions>().BindConfiguration("FollowUp").ValidateDataAnnotations().ValidateOnStart();
builder.Services.AddScoped<FollowUpStore>().AddScoped<CitizenMasking>().AddHostedService<FollowUpMetrics>();

var app = builder.Build();
app.MapDefaults();
app.MapFollowUps();
app.MapFeedback();
app.MapFigures();
app.MapAccessLog("/api/follow-ups");
app.MapOps("follow-up");
app.MapLedger("follow-up", Books.All);
return await app.RunService(args);

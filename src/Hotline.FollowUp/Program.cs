using Hotline.Contracts.FollowUp;
using Hotline.FollowUps;
using Hotline.FollowUps.Figures;
using Hotline.FollowUps.FollowUps;

var builder = WebApplication.CreateBuilder(args);
builder.AddService("follow-up", typeof(FollowUpCompleted).Assembly, typeof(Program).Assembly);
builder.Services.AddOptions<FollowUpOptions>().BindConfiguration("FollowUp").ValidateDataAnnotations().ValidateOnStart();
builder.Services.AddScoped<FollowUpStore>().AddScoped<CitizenMasking>().AddHostedService<FollowUpMetrics>();

var app = builder.Build();
app.MapService("follow-up", Books.All);
app.MapFollowUps();
app.MapFeedback();
app.MapOpinions();
app.MapFigures();
app.MapAccessLog("/api/follow-ups",
    "select f.request_number from follow_ups f where f.request_id = access_log.request_id limit 1");
return await app.RunService(args);

using Hotline.Contracts.Evaluation;
using Hotline.Evaluation;
using Hotline.Evaluation.Sanctions;
using Hotline.Evaluation.Scores;
using Hotline.Evaluation.Vendors;
using Hotline.Messaging;
using Hotline.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("evaluation");
builder.AddDatabase("evaluation", typeof(Work).Assembly, typeof(Program).Assembly);
builder.AddMessaging("evaluation", typeof(ScoreChanged).Assembly, typeof(Program).Assembly);
builder.Services.AddScoped<ScoreStore>().AddScoped<SanctionStore>().AddScoped<VendorStore>().AddHostedService<Scorer>()
    .AddHostedService<SanctionClock>();

var app = builder.Build();
app.MapDefaults();
app.MapScores();
app.MapSanctions();
app.MapOps("evaluation");
app.MapLedger("evaluation", Books.All);
return await app.RunService(args);

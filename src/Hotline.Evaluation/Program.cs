using Hotline.Contracts.Evaluation;
using Hotline.Evaluation;
using Hotline.Evaluation.Reconciliations;
using Hotline.Evaluation.Sanctions;
using Hotline.Evaluation.Scores;
using Hotline.Evaluation.Vendors;

var builder = WebApplication.CreateBuilder(args);
builder.AddService("evaluation", typeof(ScoreChanged).Assembly, typeof(Program).Assembly);
builder.Services.AddScoped<ScoreStore>().AddScoped<SanctionStore>().AddScoped<VendorStore>().AddHostedService<Scorer>()
    .AddHostedService<SanctionClock>();
builder.AddReconciliations();

var app = builder.Build();
app.MapService("evaluation", Books.All);
app.MapScores();
app.MapSanctions();
app.MapReconciliations();
return await app.RunService(args);

using Hotline.Contracts.Dispatch;
using Hotline.Dispatch;
using Hotline.Dispatch.Copies;
using Hotline.Dispatch.Figures;
using Hotline.Dispatch.Orders;
using Hotline.Messaging;
using Hotline.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("dispatch");
builder.AddDatabase("dispatch", typeof(Work).Assembly, typeof(Program).Assembly);
builder.AddMessaging("dispatch", typeof(OrderOffered).Assembly, typeof(Program).Assembly);
builder.Services.AddOptions<DispatchOptions>().BindConfiguration("Dispatch").ValidateDataAnnotations().ValidateOnStart();
builder.Services.AddScoped<OrderStore>().AddScoped<CopyStore>().AddScoped<CitizenMasking>().AddHostedService<OrderClock>()
    .AddHostedService<OrderMetrics>();

var app = builder.Build();
app.MapDefaults();
app.MapOrders();
app.MapVendorOrders();
app.MapFigures();
app.MapAccessLog("/api/dispatch");
app.MapOps("dispatch");
app.MapLedger("dispatch", Books.All);
return await app.RunService(args);

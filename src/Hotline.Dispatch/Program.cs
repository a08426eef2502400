using Hotline.Contracts.Dispatch;
using Hotline.Dispatch;
using Hotline.Dispatch.Copies;
using Hotline.Dispatch.Figures;
using Hotline.Dispatch.Orders;

var builder = WebApplication.CreateBuilder(args);
builder.AddService("dispatch", typeof(OrderOffered).Assembly, typeof(Program).Assembly);
builder.Services.AddOptions<DispatchOptions>().BindConfiguration("Dispatch").ValidateDataAnnotations().ValidateOnStart();
builder.Services.AddScoped<OrderStore>().AddScoped<CopyStore>().AddScoped<CitizenMasking>().AddHostedService<OrderClock>()
    .AddHostedService<OrderMetrics>();

var app = builder.Build();
app.MapService("dispatch", Books.All);
app.MapOrders();
app.MapVendorOrders();
app.MapFigures();
app.MapAccessLog("/api/dispatch", "select r.number from requests r where r.request_id = access_log.request_id");
return await app.RunService(args);

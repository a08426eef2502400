using Hotline.Generated;
using Hotline.Generated.Models;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;

// A vendor's developer who knows the API's description alone: the story of one request, from the call to the callback, as operator and as
// vendor.
var (gateway, operatorsToken, vendorsToken) = (args[0], args[1], args[2]);
var desk = Client(operatorsToken);
var vendor = Client(vendorsToken);

var request = await desk.Api.Intake.Requests.PostAsync(new RegisterInput
{
    Channel = "phone",
    DialledNumber = "12345",
    Caller = new() { Name = "林女士", Phone = "14500000001" },
    AreaCode = "330381001",
    Address = "瑞安广场东边三楼",
    CategoryCode = "drains.unclog-drain",
    Description = "厨房下水道堵了",
});
var me = await vendor.Api.Vendor.Me.GetAsync();
var match = await desk.Api.Vendors.Match.GetAsync(q => (q.QueryParameters.Category, q.QueryParameters.Area,
    q.QueryParameters.Limit) = ("drains.unclog-drain", "330381001", 50));
Expect(match!.Items!.Any(i => i.VendorId == me!.Id), "the vendor is proposed");
var order = await Eventually(() => desk.Api.Dispatch.Orders.PostAsync(new OfferInput { RequestId = request!.Id, VendorId = me!.Id }));
var own = vendor.Api.Vendor.Orders[order!.Id!.Value];

var accepted = await own.Accept.PostAsync();
Expect(accepted!.Citizen!.Phone == "14500000001", "who accepts sees the citizen");
await own.Contact.PostAsync(new ContactInput { Note = "马上来" });
await own.Quote.PostAsync(new QuoteInput { Amount = 120, Note = "含人工" });
Expect((await desk.Api.Dispatch.Orders[order.Id.Value].Quote.Accept.PostAsync(new AcceptQuoteInput
    { Amount = 120 }))!.Status == OrderStatus.Agreed, "the price is agreed");
await own.Appointment.PostAsync(new AppointmentInput { StartsAt = DateTimeOffset.UtcNow.AddMinutes(1),
    EndsAt = DateTimeOffset.UtcNow.AddHours(1) });
await own.Arrive.PostAsync();
await own.Complete.PostAsync(new CompleteInput { FinalAmount = 120, Summary = "疏通完毕", WarrantyDays = 30 });

// a refusal is an exception with the code that the description names
try
{
    await own.Arrive.PostAsync();
    throw new InvalidOperationException("Arrived twice");
}
catch (Problem problem)
{
    Expect(problem.Code == "order.closed" && problem.TraceId!.Length == 32, $"a closed order is closed: {problem.Code}");
}

var followUp = await Eventually(async () => (await desk.Api.FollowUps.GetAsync(q =>
    q.QueryParameters.RequestId = request!.Id))!.Items!.SingleOrDefault());
var callback = desk.Api.FollowUps[followUp!.Id!.Value];
await callback.Claim.PostAsync();
await callback.Complete.PostAsync(new FollowUpCompleteInput { Satisfaction = 5, Resolved = true, Punctual = true, PriceAsQuoted = true,
    Comment = "很快" });
var closed = await Eventually(async () => await desk.Api.Intake.Requests[request!.Id!.Value]
    .GetAsync() is { Status: RequestStatus.Closed } seen ? seen : null);
var timeline = await desk.Api.Intake.Requests[closed!.Id!.Value].Timeline.GetAsync();
Console.WriteLine($"{closed.Number} closed after {timeline!.Items!.Count} events");

HotlineClient Client(string token) =>
    new(new HttpClientRequestAdapter(new BaseBearerTokenAuthenticationProvider(new Token(token))) { BaseUrl = gateway });

// what one service was told another may not have heard of yet
static async Task<T?> Eventually<T>(Func<Task<T?>> ask) where T : class
{
    for (var until = DateTime.UtcNow.AddSeconds(20); ; await Task.Delay(200))
    {
        try
        {
            if (await ask() is { } answer) return answer;
            if (DateTime.UtcNow > until) throw new TimeoutException();
        }
        catch (Problem problem) when (problem.ResponseStatusCode is 404 or 409 && DateTime.UtcNow < until)
        {
            continue;
        }
    }
}

static void Expect(bool truth, string what)
{
    if (!truth) throw new InvalidOperationException($"Not so: {what}");
}

internal sealed class Token(string token) : IAccessTokenProvider
{
    public AllowedHostsValidator AllowedHostsValidator { get; } = new();

    public Task<string> GetAuthorizationTokenAsync(Uri uri, Dictionary<string, object>? context = null,
        CancellationToken stop = default) => Task.FromResult(token);
}

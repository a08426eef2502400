using System.Text.Json.Nodes;

namespace Hotline.Tools.Shared;

/// <summary>What the hotline's desk does for one request after another, from the call to the callback, through the public API alone. Each
/// step is sent once and must be taken.</summary>
public sealed class Lifecycle(Client desk)
{
    /// <summary>Takes a call down.</summary>
    public Task<Answer> Register(CitizensCall call) => desk.Must("/api/intake/requests", call, 201);

    public Task<Answer> CancelRequest(Guid request, string reason, string? cause = null) =>
        desk.Must($"/api/intake/requests/{request}/cancel", new { reason, cause });

    /// <summary>Offers a request to a vendor.</summary>
    /// <param name="system">By which that vendor answers.</param>
    /// <param name="answerWithinSeconds">Null = as long as offers usually stand.</param>
    public async Task<OrderLife> Offer(Guid request, Guid vendor, Client system, int? answerWithinSeconds = null)
    {
        var offered = await desk.Must("/api/dispatch/orders", new { requestId = request, vendorId = vendor, answerWithinSeconds }, 201);
        return new(desk, system, offered.Id);
    }

    /// <summary>Callbacks of a request: all, or those of a status.</summary>
    public async Task<JsonNode[]> FollowUps(Guid request, string? status = null) =>
        (await desk.Read($"/api/follow-ups?requestId={request}{(status is null ? "" : $"&status={status}")}")).Items;

    public Task<Answer> ClaimFollowUp(Guid followUp) => desk.Must($"/api/follow-ups/{followUp}/claim");

    /// <summary>Takes a callback and writes down what the citizen says.</summary>
    public async Task<Answer> CompleteFollowUp(Guid followUp, CitizensAnswers answers)
    {
        await ClaimFollowUp(followUp);
        return Come("completed", await desk.Must($"/api/follow-ups/{followUp}/complete", answers), $"callback {followUp}");
    }

    internal static Answer Come(string status, Answer answer, string what) => answer.Text("status") == status ? answer
        : throw new PlatformException($"{what} is {answer.Text("status")}, not {status}", $"a status other than {status}");
}

/// <summary>What a citizen says when called back.</summary>
/// <param name="Satisfaction">1 to 5.</param>
/// <param name="Punctual">Null where nobody came.</param>
/// <param name="PriceAsQuoted">Null where nothing was done.</param>
public sealed record CitizensAnswers(int Satisfaction, bool Resolved, bool? Punctual, bool? PriceAsQuoted,
    string? Comment = null, ComplaintInput? Complaint = null)
{
    /// <summary>Of one who is content.</summary>
    public static CitizensAnswers Content(int satisfaction = 5, string? comment = null) => new(satisfaction, true, true, true, comment);
}

public sealed record ComplaintInput(string Description);

/// <summary>What desk and vendor do to one order. Each step must be taken, and bring the order to the status that it is for.</summary>
/// <param name="desk">The hotline's.</param>
/// <param name="vendor">The vendor's own system.</param>
/// <param name="id">The order.</param>
public sealed class OrderLife(Client desk, Client vendor, Guid id)
{
    public Guid Id => id;

    public Client Vendor => vendor;

    public Task<Answer> Accept() => ByVendor("accept", "accepted");

    public Task<Answer> Reject(string reason) => ByVendor("reject", "rejected", new { reason });

    /// <summary>The vendor phoned the citizen.</summary>
    public Task<Answer> Contact(string note) => ByVendor("contact", "contacted", new { note });

    public Task<Answer> Quote(decimal amount, string? note = null) => ByVendor("quote", "quoted", new { amount, note });

    /// <summary>The citizen agrees to the price.</summary>
    public Task<Answer> AcceptQuote() => ByDesk("quote/accept", "agreed");

    public Task<Answer> DeclineQuote(string reason) => ByDesk("quote/decline", "declined", new { reason });

    public Task<Answer> Schedule(DateTimeOffset startsAt, DateTimeOffset endsAt) =>
        ByVendor("appointment", "scheduled", new { startsAt, endsAt });

    public Task<Answer> Arrive() => ByVendor("arrive", "arrived");

    public Task<Answer> Complete(decimal finalAmount, string summary) =>
        ByVendor("complete", "completed", new { finalAmount, summary, warrantyDays = 30 });

    public Task<Answer> Cancel(string reason) => ByDesk("cancel", "cancelled", new { reason });

    /// <summary>Accepted, the citizen phoned, a price named.</summary>
    public async Task Propose(decimal amount, string contact = "马上来")
    {
        await Accept();
        await Contact(contact);
        await Quote(amount);
    }

    /// <summary>From the offer to the work done.</summary>
    public async Task Serve(decimal amount)
    {
        await Propose(amount);
        await AcceptQuote();
        await Arrive();
        await Complete(amount, "已疏通");
    }

    private Task<Answer> ByDesk(string step, string status, object? body = null) =>
        Do(desk, $"/api/dispatch/orders/{id}/{step}", status, body);

    private Task<Answer> ByVendor(string step, string status, object? body = null) =>
        Do(vendor, $"/api/vendor/orders/{id}/{step}", status, body);

    private async Task<Answer> Do(Client who, string path, string status, object? body) =>
        Lifecycle.Come(status, await who.Must(path, body), $"order {id}");
}

namespace Hotline.EndToEnd.Tests.Upgrade;

/// <summary>Leads requests, orders and callbacks to a step of their life, and remembers them by a name.</summary>
public sealed class StepByStep(Client desk, Client vendor, Guid vendorId)
{
    /// <summary>What happens to an order that is served.</summary>
    public static readonly (string Name, Func<OrderLife, Task> Take)[] Steps =
    [
        ("accept", order => order.Accept()), ("contact", order => order.Contact("已联系市民")), ("quote", order => order.Quote(120)),
        ("agree", order => order.AcceptQuote()), ("arrive", order => order.Arrive()),
        ("complete", order => order.Complete(120, "已处理,讲明使用注意事项")),
    ];

    private readonly Lifecycle _lifecycle = new(desk);
    private int _calls;

    /// <summary>A request by its name, its order and its callback by "order " and "followUp " before it.</summary>
    public Dictionary<string, Guid> Ids { get; } = [];

    public Guid VendorId => vendorId;

    public OrderLife Order(string name) => new(desk, vendor, Ids[$"order {name}"]);

    public async Task<Guid> Registered(string name, string? phone = null, params (string, string)[] headers)
    {
        var made = await desk.Post("/api/intake/requests", Platform.Request("木工", phone ?? $"1450000{9100 + _calls++:0000}"), headers);
        made.Code.ShouldBe(201, made.ToString());
        return Ids[name] = made.Id;
    }

    public async Task Offered(string name, Guid? to = null, Guid? request = null) =>
        Ids[$"order {name}"] = (await _lifecycle.Offer(request ?? await Registered(name), to ?? vendorId, vendor)).Id;

    /// <param name="steps">How many of <see cref="Steps"/>.</param>
    public async Task Led(string name, int steps)
    {
        if (!Ids.ContainsKey($"order {name}")) await Offered(name);
        foreach (var (_, take) in Steps.Take(steps)) await take(Order(name));
    }

    public async Task Called(string name)
    {
        await Led(name, Steps.Length);
        await Callback(name);
    }

    /// <summary>Waits for the callback that the order's end brings.</summary>
    public async Task<Guid> Callback(string name) => Ids[$"followUp {name}"] = Guid.Parse(await Wait.For(async () =>
        await _lifecycle.FollowUps(Ids[name], "open") is [var due, ..] ? due["id"]!.ToString() : null, $"the callback of {name}"));

    public async Task<Guid> Claimed(string name)
    {
        await _lifecycle.ClaimFollowUp(Ids[$"followUp {name}"]);
        return Ids[$"followUp {name}"];
    }

    public Task Completed(string name) =>
        _lifecycle.CompleteFollowUp(Ids[$"followUp {name}"], CitizensAnswers.Content(comment: "师傅有耐心"));
}

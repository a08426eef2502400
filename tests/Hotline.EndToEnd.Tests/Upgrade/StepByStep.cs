namespace Hotline.EndToEnd.Tests.Upgrade;

/// <summary>Leads requests, orders and callbacks to a step of their life, and remembers them by a name.</summary>
public sealed class StepByStep(Client desk, Client vendor, Guid vendorId)
{
    /// <summary>What happens to an order that is served.</summary>
    public static readonly string[] Steps = ["accept", "contact", "quote", "agree", "arrive", "complete"];

    private int _calls;

    /// <summary>A request by its name, its order and its callback by "order " and "followUp " before it.</summary>
    public Dictionary<string, Guid> Ids { get; } = [];

    public Guid VendorId => vendorId;

    public async Task<Guid> Registered(string name, string? phone = null, params (string, string)[] headers)
    {
        var made = await desk.Post("/api/intake/requests",
            Platform.Request("木工", phone ?? $"1450000{9100 + _calls++:0000}"), headers);
        made.Code.ShouldBe(201, made.ToString());
        return Ids[name] = made.Id;
    }

    public async Task Offered(string name, Guid? vendor = null, Guid? request = null)
    {
        var requestId = request ?? await Registered(name);
        var order = await desk.Post("/api/dispatch/orders", new { requestId, vendorId = vendor ?? VendorId });
        order.Code.ShouldBe(201, order.ToString());
        Ids[$"order {name}"] = order.Id;
    }

    public async Task Led(string name, int steps)
    {
        if (!Ids.ContainsKey($"order {name}")) await Offered(name);
        foreach (var step in Steps.Take(steps)) await Does(name, step);
    }

    public async Task Does(string name, string step, object? body = null)
    {
        var done = await Take(step, Ids[$"order {name}"], desk, vendor, body);
        done.Code.ShouldBe(200, $"{name}: {step}: {done}");
    }

    /// <summary>Takes a step of an order's life.</summary>
    public static Task<Answer> Take(string step, Guid order, Client desk, Client vendor, object? body = null) => step switch
    {
        "agree" => desk.Post($"/api/dispatch/orders/{order}/quote/accept"),
        "contact" => vendor.Post($"/api/vendor/orders/{order}/contact", new { note = "已联系市民" }),
        "quote" => vendor.Post($"/api/vendor/orders/{order}/quote", new { amount = 120 }),
        "complete" => vendor.Post($"/api/vendor/orders/{order}/complete",
            new { finalAmount = 120, summary = "已处理,讲明使用注意事项", warrantyDays = 30 }),
        _ => vendor.Post($"/api/vendor/orders/{order}/{step}", body),
    };

    public async Task Called(string name)
    {
        await Led(name, Steps.Length);
        await Callback(name);
    }

    public async Task<Guid> Callback(string name) => Ids[$"followUp {name}"] = Guid.Parse(await Wait.For(async () =>
        (await desk.Get($"/api/follow-ups?status=open&requestId={Ids[name]}")).Items is [var due, ..]
            ? due["id"]!.ToString() : null, $"the callback of {name}"));

    public async Task<Guid> Claimed(string name)
    {
        (await desk.Post($"/api/follow-ups/{Ids[$"followUp {name}"]}/claim")).Code.ShouldBe(200);
        return Ids[$"followUp {name}"];
    }

    public async Task Completed(string name)
    {
        var done = await desk.Post($"/api/follow-ups/{await Claimed(name)}/complete",
            new { satisfaction = 5, resolved = true, punctual = true, priceAsQuoted = true, comment = "师傅有耐心" });
        done.Code.ShouldBe(200, done.ToString());
    }
}

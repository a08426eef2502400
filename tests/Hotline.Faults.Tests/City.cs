using System.Collections.Concurrent;
using Hotline.Testing;

namespace Hotline.Faults.Tests;

/// <summary>The people of a city and what becomes of their calls, each to its end.</summary>
/// <param name="acknowledged">Gets the requests that were answered with 201.</param>
public sealed class City(PatientClient client, ConcurrentBag<Guid> acknowledged)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4), Pause = TimeSpan.FromSeconds(1); // people's
    private readonly List<(string Id, string Token)> _vendors = [];
    private string _operator = "", _supervisor = "";
    private int _calls;

    public string Operator => _operator;

    public string Supervisor => _supervisor;

    /// <summary>Signs in, and gives ten vendors a system of their own.</summary>
    public async Task Begin(Stack stack)
    {
        var clients = stack.Credentials["clients"]!;
        async Task<string> SignIn(string role) => (await client.Token(clients[role]!["clientId"]!.ToString(),
            clients[role]!["clientSecret"]!.ToString()))["access_token"]!.ToString();
        (_operator, _supervisor) = (await SignIn("operator"), await SignIn("supervisor"));
        foreach (var item in (await client.Get(_operator, "/api/vendors/match?q=shutong&area=330381001&limit=10")).Items)
        {
            var id = item["vendorId"]!.ToString();
            var issued = await client.Post(_supervisor, $"/api/vendors/{id}/credentials");
            _vendors.Add((id, (await client.Token(issued.Text("clientId"), issued.Text("clientSecret")))["access_token"]!.ToString()));
        }
    }

    public static object Call(int number) => new
    {
        channel = "phone",
        dialledNumber = "12345",
        caller = new { name = "演示市民", phone = $"145{number:00000000}" },
        areaCode = "330381001",
        address = "瑞安广场东边三楼",
        keyword = "疏通",
        description = "厨房下水道堵了",
    };

    /// <summary>One citizen's call, from the word to the callback.</summary>
    /// <exception cref="ShouldAssertException">The platform said something that it must not.</exception>
    public async Task Live(int kind)
    {
        var request = await Must(client.Post(_operator, "/api/intake/requests", Call(Interlocked.Increment(ref _calls))), 201);
        acknowledged.Add(request.Id);
        switch (kind % 10)
        {
            case 0: await Declined(request.Id); break;
            case 1: await Rejected(request.Id); break;
            case 2: await Withdrawn(request.Id); break;
            case 3: await Raced(request.Id); break;
            default: await Served(request.Id); break;
        }
    }

    private async Task Served(Guid request)
    {
        var (order, vendor) = await Offer(request);
        await Agree(order, vendor);
        await Must(client.Post(_operator, $"/api/dispatch/orders/{order}/quote/accept"));
        await Must(client.Post(vendor, $"/api/vendor/orders/{order}/arrive"));
        await Must(client.Post(vendor, $"/api/vendor/orders/{order}/complete",
            new { finalAmount = 120, summary = "已疏通", warrantyDays = 30 }));
        await CallBack(request, "service");
    }

    private async Task Declined(Guid request)
    {
        var (order, vendor) = await Offer(request);
        await Agree(order, vendor);
        await Must(client.Post(_operator, $"/api/dispatch/orders/{order}/quote/decline", new { reason = "太贵" }));
        await Served(request); // the one callback is about the service then
    }

    private async Task Rejected(Guid request)
    {
        var (order, vendor) = await Offer(request);
        await Must(client.Post(vendor, $"/api/vendor/orders/{order}/reject", new { reason = "今天没空" }));
        await Must(client.Post(_operator, $"/api/intake/requests/{request}/cancel", new { reason = "无人可派", cause = "noVendor" }));
        await CallBack(request, "unfulfilled");
    }

    private async Task Withdrawn(Guid request)
    {
        var (order, vendor) = await Offer(request);
        await Must(client.Post(vendor, $"/api/vendor/orders/{order}/accept"));
        await Must(client.Post(_operator, $"/api/intake/requests/{request}/cancel", new { reason = "自己修好了" }));
    }

    // the vendor takes the order at the moment at which the operator cancels it: either may come first, and both must be told the truth
    private async Task Raced(Guid request)
    {
        var (order, vendor) = await Offer(request);
        var (accept, cancel) = (client.Post(vendor, $"/api/vendor/orders/{order}/accept"),
            client.Post(_operator, $"/api/dispatch/orders/{order}/cancel", new { reason = "重复派单" }));
        await Task.WhenAll(accept, cancel);
        (await cancel).Code.ShouldBe(200, (await cancel).ToString());
        (await accept).Code.ShouldBeOneOf(200, 409);
        var after = await Must(client.Get(_operator, $"/api/dispatch/orders/{order}"));
        after.Text("status").ShouldBe("cancelled");
        (after.Body["acceptedAt"] is not null).ShouldBe((await accept).Code == 200);
        await Must(client.Post(_operator, $"/api/intake/requests/{request}/cancel", new { reason = "重复登记", cause = "duplicate" }));
        if ((await accept).Code == 200) await CallBack(request, "unfulfilled");
    }

    private async Task<(Guid Order, string VendorToken)> Offer(Guid request)
    {
        var vendor = _vendors[Random.Shared.Next(_vendors.Count)];
        var key = Guid.NewGuid().ToString("N");
        // while the broker is away dispatch does not know the request yet: the operator tries again
        var offered = await Wait.For(async () =>
        {
            if (await client.Post(_operator, "/api/dispatch/orders", new { requestId = request, vendorId = vendor.Id }, key) is
                { Code: not 404 } answer) return answer;
            await Task.Delay(Pause);
            return null;
        }, $"dispatch to know request {request}", Patience);
        offered.Code.ShouldBe(201, offered.ToString());
        return (offered.Id, vendor.Token);
    }

    private async Task Agree(Guid order, string vendor)
    {
        await Must(client.Post(vendor, $"/api/vendor/orders/{order}/accept"));
        await Must(client.Post(vendor, $"/api/vendor/orders/{order}/contact", new { note = "半小时到" }));
        await Must(client.Post(vendor, $"/api/vendor/orders/{order}/quote", new { amount = 120 }));
    }

    private async Task CallBack(Guid request, string about)
    {
        var due = await Wait.For(async () =>
        {
            await Task.Delay(Pause);
            return await client.Get(_operator, $"/api/follow-ups?requestId={request}") is { Code: 200 } answer
                && answer.Items.Any(f => f["kind"]!.ToString() == about) ? answer.Items : null;
        }, $"a callback of {request} about {about}", Patience);
        var id = due.ShouldHaveSingleItem()["id"]!.ToString();
        await Must(client.Post(_operator, $"/api/follow-ups/{id}/claim"));
        await Must(client.Post(_operator, $"/api/follow-ups/{id}/complete",
            new { satisfaction = Random.Shared.Next(3, 6), resolved = true, punctual = true, priceAsQuoted = true }));
    }

    private static async Task<Answer> Must(Task<Answer> answer, int code = 200)
    {
        (await answer).Code.ShouldBe(code, (await answer).ToString());
        return await answer;
    }
}

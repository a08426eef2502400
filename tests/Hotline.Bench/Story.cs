using System.Text.Json.Nodes;

namespace Hotline.Bench;

/// <summary>The whole story by API: 11 calls and all their events, until the callback is done.</summary>
public sealed class Story(Platform platform, (Guid Id, string Token)[] vendors)
{
    /// <summary>Called as a vendor is about to accept, with the order.</summary>
    public Action<Guid>? Accepting { get; set; }

    public async Task Play(int number)
    {
        var (op, vendor) = (platform.Token("operator"), vendors[number % vendors.Length]);
        var request = (await platform.Post(op, "/api/intake/requests", Platform.Call(number), 201))["id"]!.ToString();
        var order = Guid.Parse((await platform.Post(op, "/api/dispatch/orders", new { requestId = request, vendorId = vendor.Id }, 201))["id"]!.ToString());
        Accepting?.Invoke(order);
        await platform.Post(vendor.Token, $"/api/vendor/orders/{order}/accept");
        await platform.Post(vendor.Token, $"/api/vendor/orders/{order}/contact", new { note = "马上来" });
        await platform.Post(vendor.Token, $"/api/vendor/orders/{order}/quote", new { amount = 120, note = "含人工" });
        await platform.Post(op, $"/api/dispatch/orders/{order}/quote/accept");
        await platform.Post(vendor.Token, $"/api/vendor/orders/{order}/arrive");
        await platform.Post(vendor.Token, $"/api/vendor/orders/{order}/complete", new { finalAmount = 120, summary = "已疏通", warrantyDays = 30 });
        var callback = await Callback(op, request);
        await platform.Post(op, $"/api/follow-ups/{callback}/claim");
        await platform.Post(op, $"/api/follow-ups/{callback}/complete", new { satisfaction = 5, resolved = true, punctual = true, priceAsQuoted = true });
    }

    // the callback comes of an event: an operator's page would hear of it
    private async Task<string> Callback(string op, string request)
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            if ((await platform.Get(op, $"/api/follow-ups?requestId={request}&limit=1"))["items"] is JsonArray { Count: > 0 } items) return items[0]!["id"]!.ToString();
            await Task.Delay(50);
        }
        throw new UnexpectedException("no callback within 30 s");
    }

    /// <summary>Waits until nothing is under way: outboxes and queues empty, scores current.</summary>
    public async Task Settle()
    {
        foreach (var service in (string[])["intake", "dispatch", "follow-up", "evaluation", "vendor-registry", "intake", "dispatch", "follow-up", "evaluation", "vendor-registry"])
        {
            while (true)
            {
                var state = await platform.Get(platform.Token("ops"), $"/api/ops/{service}");
                var waiting = (state["outbox"]?["rows"]?.GetValue<long>() ?? 1) + (state["queues"]?.AsArray().Sum(q => q!["waiting"]!.GetValue<long>()) ?? 1);
                if (waiting == 0) break;
                await Task.Delay(100);
            }
        }
    }
}

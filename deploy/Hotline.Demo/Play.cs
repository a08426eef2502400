using System.Text.Json.Nodes;
using Hotline.Client;

namespace Hotline.Demo;

/// <summary>What a played call should have left behind.</summary>
/// <param name="OrderStatuses">Of its orders, oldest first.</param>
/// <param name="CallbackStatuses">Of its callbacks, oldest first.</param>
public sealed record Played(Call Call, string RequestId, string Number, string FinalStatus, string[] OrderStatuses,
    string[] CallbackStatuses, string[] VendorIds, string Vendor, string Story);

/// <summary>Plays one call from the citizen's words to the evaluated vendor, through the public API only.</summary>
public sealed class Play(Cast cast, int seed)
{
    /// <summary>By which the demo knows its own suspensions.</summary>
    public const string SuspensionReason = "演示:市民投诉属实,未修好且多收费";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly List<(string Id, string Vendor, string Status)> _orders = [];
    private readonly List<string> _callbacks = [];
    private string _request = "", _number = "", _story = "";

    public async Task<Played> Run(Call call)
    {
        var word = call.Word;
        if (call.Turn is Turn.UnclearWordClarified) word = await Clarify(word);
        var vendors = await Match(word, call.Area);
        await Register(call, word);
        var final = call.Turn switch
        {
            Turn.NoVendorInArea => await NobodyThere(vendors),
            Turn.CitizenWithdrewBeforeAcceptance => await Withdraw(vendors, accepted: false),
            Turn.CitizenWithdrewAfterAcceptance => await Withdraw(vendors, accepted: true),
            Turn.PriceDeclinedThenServedByAnother => await After(PriceDeclined, vendors, call),
            Turn.RejectedThenServedByAnother => await After(Rejected, vendors, call),
            Turn.ExpiredThenServedByAnother => await After(Expired, vendors, call),
            Turn.VendorFailedThenServedByAnother => await After(VendorFailed, vendors, call),
            Turn.ComplaintEndsInSuspension => await Complaint(vendors, call, word),
            _ => await Serve(vendors[0], call),
        };
        return new(call, _request, _number, final, [.. _orders.Select(o => o.Status)], [.. _callbacks], [.. _orders.Select(o => o.Vendor)],
            vendors.FirstOrDefault(v => _orders.Count > 0 && v["vendorId"]!.ToString() == _orders[^1].Vendor)?["name"]?.ToString()
                ?? "—", _story);
    }

    private async Task<string> Clarify(string word)
    {
        var unclear = await cast.Operator.Get($"/api/vendors/match?q={Uri.EscapeDataString("弄一弄那个")}&area=330381001");
        Check(unclear["category"] is null && !unclear.Items.Any(), "a word that fits nothing must name no category and no vendor");
        _story = "关键词不明确,问清市民后重新填写";
        return word;
    }

    private async Task<JsonNode[]> Match(string word, string area)
    {
        var match = await cast.Operator.Get($"/api/vendors/match?q={Uri.EscapeDataString(word)}&area={area}&limit=20");
        Check(match["category"] is not null, $"'{word}' fits no category");
        return [.. match.Items];
    }

    private async Task Register(Call call, string word)
    {
        if (call.Turn is Turn.WrongNumberCorrected)
        {
            var wrong = await cast.Operator.Post("/api/intake/requests", Body(call, word, "1380000", call.Area));
            Check((int)wrong.Status == 400 && wrong["errors"]?["caller.phone"] is not null, "a wrong number must be named");
            _story = "市民先报错号码,更正后登记";
        }
        if (call.Turn is Turn.WrongAreaCorrected)
        {
            var wrong = await cast.Operator.Post("/api/intake/requests", Body(call, word, Phone, "330382001"));
            Check((int)wrong.Status == 400 && wrong["errors"]?["areaCode"] is not null, "another county's area must be named");
            _story = "先选成邻县,更正后登记";
        }
        var request = await cast.Operator.Must("/api/intake/requests", Body(call, word, Phone, call.Area));
        (_request, _number) = (request.Text("id"), request.Text("number"));
    }

    // 14x numbers carry data, not calls: nobody answers them
    private string Phone => $"1450000{seed:0000}";

    private object Body(Call call, string word, string phone, string area) => new
    {
        channel = "phone",
        dialledNumber = (string[])["12345", "81890", "81890000"] is var numbers ? numbers[seed % numbers.Length] : null,
        caller = new { name = $"演示市民{seed:00}", phone },
        areaCode = area,
        address = call.Address,
        keyword = word,
        description = call.Says,
        urgency = seed % 7 == 0 ? "urgent" : "normal",
    };

    private async Task<string> NobodyThere(JsonNode[] vendors)
    {
        Check(vendors.Length == 0, "nobody covers this area");
        await cast.Operator.Must($"/api/intake/requests/{_request}/cancel", new { reason = "该区域暂无加盟企业", cause = "noVendor" });
        _story = "区域无企业,登记为未满足并回访";
        await CallBack(null, 3, null);
        return "unfulfilled";
    }

    private async Task<string> Withdraw(JsonNode[] vendors, bool accepted)
    {
        var order = await Offer(vendors[0]);
        if (accepted) await Vendor(order, "accept");
        await cast.Operator.Must($"/api/intake/requests/{_request}/cancel", new { reason = "市民不需要了" });
        await Until(async () => (await cast.Operator.Get($"/api/dispatch/orders/{order}")).Text("status") == "cancelled",
            "the order of a cancelled request must be cancelled");
        _orders[^1] = _orders[^1] with { Status = "cancelled" };
        _story = accepted ? "接单后市民取消" : "接单前市民取消";
        return "cancelled";
    }

    private async Task<string> After(Func<JsonNode, Task> first, JsonNode[] vendors, Call call)
    {
        Check(vendors.Length > 1, "two vendors are needed for this call");
        await first(vendors[0]);
        return await Serve(vendors[1], call);
    }

    private async Task PriceDeclined(JsonNode vendor)
    {
        var order = await Offer(vendor);
        await Vendor(order, "accept");
        await Vendor(order, "contact", new { note = "已电话沟通" });
        await Vendor(order, "quote", new { amount = 680, note = "含配件" });
        await cast.Operator.Must($"/api/dispatch/orders/{order}/quote/decline", new { reason = "市民觉得太贵" });
        _orders[^1] = _orders[^1] with { Status = "declined" };
        _story = "第一家报价太贵,换一家";
        await CallBack(order, 4, null);
    }

    private async Task Rejected(JsonNode vendor)
    {
        var order = await Offer(vendor);
        await Vendor(order, "reject", new { reason = "今天人手排满了" });
        _orders[^1] = _orders[^1] with { Status = "rejected" };
        _story = "第一家拒单,换一家";
    }

    private async Task Expired(JsonNode vendor)
    {
        var order = await Offer(vendor, answerWithinSeconds: 5);
        await Until(async () => (await cast.Operator.Get($"/api/dispatch/orders/{order}")).Text("status") == "expired",
            "an offer that nobody answers must expire");
        _orders[^1] = _orders[^1] with { Status = "expired" };
        _story = "第一家超时未接单,换一家";
    }

    private async Task VendorFailed(JsonNode vendor)
    {
        var order = await Offer(vendor);
        await Vendor(order, "accept");
        await cast.Operator.Must($"/api/dispatch/orders/{order}/cancel", new { reason = "企业师傅临时有事来不了" });
        _orders[^1] = _orders[^1] with { Status = "cancelled" };
        _story = "第一家接单后来不了,换一家";
        await CallBack(order, 2, null);
    }

    private async Task<string> Complaint(JsonNode[] vendors, Call call, string word)
    {
        var vendor = vendors[0]["vendorId"]!.ToString();
        await Serve(vendors[0], call, satisfaction: 1, complaint: "没修好还多收钱,态度也差");

        // another citizen's request is on offer to this vendor when it is suspended
        var other = await cast.Operator.Must("/api/intake/requests", Body(call, word, $"1450000{seed + 500:0000}", call.Area));
        var offer = (await cast.Operator.Must("/api/dispatch/orders", new { requestId = other.Text("id"), vendorId = vendor })).Text("id");
        await cast.Supervisor.Must("/api/evaluation/sanctions",
            new { vendorId = vendor, kind = "suspension", reason = SuspensionReason, until = DateTimeOffset.UtcNow.AddMinutes(10) });
        await Until(async () => (await cast.Operator.Get($"/api/dispatch/orders/{offer}")).Text("status") == "withdrawn",
            "a suspended vendor's offer must be withdrawn");
        await Until(async () => (await Match(word, call.Area)).All(v => v["vendorId"]!.ToString() != vendor),
            "a suspended vendor must not be proposed");
        await cast.Operator.Must($"/api/intake/requests/{other.Text("id")}/cancel", new { reason = "演示结束", cause = "duplicate" });
        _story = "市民投诉,企业被暂停派单,待接派单收回";
        return "closed";
    }

    private async Task<string> Serve(JsonNode vendor, Call call, int? satisfaction = null, string? complaint = null)
    {
        var price = (int)Math.Round((decimal)vendor["services"]![0]!["priceFrom"]!);
        var order = await Offer(vendor);
        await Vendor(order, "accept");
        await Vendor(order, "contact", new { note = "已联系市民,说明收费标准" });
        await Vendor(order, "quote", new { amount = price + (call.Turn is Turn.PriceNegotiated ? 150 : 0) });
        if (call.Turn is Turn.PriceNegotiated)
        {
            await Vendor(order, "quote", new { amount = price, note = "与市民商量后优惠" });
            _story = "市民还价后成交";
        }
        await cast.Operator.Must($"/api/dispatch/orders/{order}/quote/accept");
        if (call.Turn is Turn.ServedByAppointment)
        {
            await Vendor(order, "appointment",
                new { startsAt = DateTimeOffset.UtcNow.AddHours(2), endsAt = DateTimeOffset.UtcNow.AddHours(3) });
            _story = "预约上门";
        }
        await Vendor(order, "arrive");
        await Vendor(order, "complete",
            new { finalAmount = complaint is null ? price : price + 80, summary = $"{call.Word}:已处理,讲明使用注意事项", warrantyDays = 30 });
        _orders[^1] = _orders[^1] with { Status = "completed" };
        if (call.Turn is Turn.CitizenUnreachable)
        {
            await Unreachable(order);
            _story = "一次未接通,再拨时市民不愿接受回访";
        }
        else
        {
            await CallBack(order, satisfaction ?? 4 + seed % 2, complaint);
        }
        return "closed";
    }

    private async Task<string> Offer(JsonNode vendor, int? answerWithinSeconds = null)
    {
        var id = vendor["vendorId"]!.ToString();
        var order = await cast.Operator.Must("/api/dispatch/orders", new { requestId = _request, vendorId = id, answerWithinSeconds });
        _orders.Add((order.Text("id"), id, "offered"));
        return order.Text("id");
    }

    private async Task Vendor(string order, string action, object? body = null)
    {
        var vendor = await cast.Vendor(_orders[^1].Vendor);
        await vendor.Must($"/api/vendor/orders/{order}/{action}", body);
    }

    private async Task CallBack(string? order, int satisfaction, string? complaint)
    {
        var callback = await Claim(order);
        var served = order is not null && _orders[^1].Status == "completed";
        await cast.Operator.Must($"/api/follow-ups/{callback}/complete", new
        {
            satisfaction,
            resolved = satisfaction > 3,
            punctual = served ? satisfaction > 2 : (bool?)null,
            priceAsQuoted = served ? complaint is null : (bool?)null,
            comment = satisfaction > 3 ? "师傅有耐心,讲得清楚" : "希望改进",
            complaint = complaint is null ? null : new { description = complaint },
        });
        _callbacks.Add("completed");
    }

    private async Task Unreachable(string order)
    {
        var callback = await Claim(order);
        var again = DateTimeOffset.UtcNow.AddSeconds(2);
        await cast.Operator.Must($"/api/follow-ups/{callback}/attempts", new { outcome = "noAnswer", again = new { at = again } });
        await Until(async () => (int)(await cast.Operator.Post($"/api/follow-ups/{callback}/claim")).Status == 200,
            "a callback must be there again when it is due");
        await cast.Operator.Must($"/api/follow-ups/{callback}/attempts", new { outcome = "refused" });
        _callbacks.Add("unreachable");
    }

    private async Task<string> Claim(string? order)
    {
        string? id = null;
        await Until(async () =>
        {
            var due = await cast.Operator.Get($"/api/follow-ups?requestId={_request}&status=open");
            id = due.Items.FirstOrDefault(f => f["orderId"]?.ToString() == order)?["id"]!.ToString();
            return id is not null;
        }, "a callback must be due");
        await cast.Operator.Must($"/api/follow-ups/{id}/claim");
        return id!;
    }

    internal static async Task Until(Func<Task<bool>> holds, string what)
    {
        var limit = DateTimeOffset.UtcNow + Patience;
        while (!await holds())
        {
            if (DateTimeOffset.UtcNow > limit) throw new PlatformException(what);
            await Task.Delay(100);
        }
    }

    private static void Check(bool holds, string what)
    {
        if (!holds) throw new PlatformException(what);
    }
}

using System.Text.Json.Nodes;
using Hotline.Tools.Shared;

namespace Hotline.Tools.Demo;

/// <summary>What a played call should have left behind.</summary>
/// <param name="OrderStatuses">Of its orders, oldest first.</param>
/// <param name="CallbackStatuses">Of its callbacks, oldest first.</param>
public sealed record Played(Call Call, Guid RequestId, string Number, string FinalStatus, string[] OrderStatuses,
    string[] FollowUpStatuses, Guid[] VendorIds, string Vendor, string Story);

/// <summary>Plays one call from the citizen's words to the evaluated vendor, through the public API only.</summary>
public sealed class Play(Cast cast, int seed)
{
    /// <summary>By which the demo knows its own suspensions.</summary>
    public const string SuspensionReason = "演示：市民投诉属实，未修好且多收费";

    private static readonly string[] Numbers = ["12345", "81890", "81890000"];
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100); // under what one client may ask in a second
    private readonly Lifecycle _life = new(cast.Operator);
    private readonly List<(Guid Id, Guid Vendor, string Status)> _orders = [];
    private readonly List<string> _followUps = [];
    private Guid _request;
    private string _number = "", _story = "";

    public async Task<Played> Run(Call call)
    {
        if (call.Turn is Turn.UnclearWordClarified) await Clarify();
        var vendors = await Match(call.Word, call.Area);
        await Register(call);
        var final = call.Turn switch
        {
            Turn.NoVendorInArea => await NobodyThere(vendors),
            Turn.CitizenWithdrewBeforeAcceptance => await Withdraw(vendors, accepted: false),
            Turn.CitizenWithdrewAfterAcceptance => await Withdraw(vendors, accepted: true),
            Turn.PriceDeclinedThenServedByAnother => await After(PriceDeclined, vendors, call),
            Turn.RejectedThenServedByAnother => await After(Rejected, vendors, call),
            Turn.ExpiredThenServedByAnother => await After(Expired, vendors, call),
            Turn.VendorFailedThenServedByAnother => await After(VendorFailed, vendors, call),
            Turn.ComplaintEndsInSuspension => await Complaint(vendors, call),
            _ => await Serve(vendors[0], call),
        };
        return new(call, _request, _number, final, [.. _orders.Select(o => o.Status)], [.. _followUps], [.. _orders.Select(o => o.Vendor)],
            vendors.FirstOrDefault(v => _orders.Count > 0 && IdOf(v) == _orders[^1].Vendor)?["name"]?.ToString() ?? "—", _story);
    }

    internal static Task Until(Func<Task<bool>> holds, string what) => Wait.Until(holds, what, pause: Pause);

    private async Task Clarify()
    {
        var unclear = await cast.Operator.Read($"/api/vendors/match?q={Uri.EscapeDataString("弄一弄那个")}&area=330381001");
        Check(unclear["category"] is null && unclear.Items.Length == 0, "a word that fits nothing must name no category and no vendor");
        _story = "关键词不明确，问清市民后重新填写";
    }

    private async Task<JsonNode[]> Match(string word, string area)
    {
        var match = await cast.Operator.Read($"/api/vendors/match?q={Uri.EscapeDataString(word)}&area={area}&limit=20");
        Check(match["category"] is not null, $"'{word}' fits no category");
        return match.Items;
    }

    private async Task Register(Call call)
    {
        var right = Taken(call, seed);
        if (call.Turn is Turn.WrongNumberCorrected)
        {
            var wrong = await cast.Operator.Post("/api/intake/requests", right with { Phone = "1380000" });
            Check(wrong.Code == 400 && wrong["errors"]?["caller.phone"] is not null, "a wrong number must be named");
            _story = "市民先报错号码，更正后登记";
        }
        if (call.Turn is Turn.WrongAreaCorrected)
        {
            var wrong = await cast.Operator.Post("/api/intake/requests", right with { AreaCode = "330382001" });
            Check(wrong.Code == 400 && wrong["errors"]?["areaCode"] is not null, "another county's area must be named");
            _story = "先选成邻县，更正后登记";
        }
        var request = await _life.Register(right);
        (_request, _number) = (request.Id, request.Text("number"));
    }

    private CitizensCall Taken(Call call, int caller) => new()
    {
        Name = $"演示市民{seed:00}",
        Phone = $"1450000{caller:0000}",
        DialledNumber = Numbers[seed % Numbers.Length],
        AreaCode = call.Area,
        Address = call.Address,
        Keyword = call.Word,
        Description = call.Says,
        Urgency = seed % 7 == 0 ? "urgent" : "normal",
    };

    private async Task<string> NobodyThere(JsonNode[] vendors)
    {
        Check(vendors.Length == 0, "nobody covers this area");
        await _life.CancelRequest(_request, "该区域暂无加盟企业", "noVendor");
        _story = "区域无企业，登记为未满足并回访";
        await CallBack(null, 3, null);
        return "unfulfilled";
    }

    private async Task<string> Withdraw(JsonNode[] vendors, bool accepted)
    {
        var order = await Offer(vendors[0]);
        if (accepted) await order.Accept();
        await _life.CancelRequest(_request, "市民不需要了");
        await Become("cancelled", order.Id, "the order of a cancelled request must be cancelled");
        Ended("cancelled");
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
        await order.Accept();
        await order.Contact("已电话沟通");
        await order.Quote(680, "含配件");
        await order.DeclineQuote("市民觉得太贵");
        Ended("declined");
        _story = "第一家报价太贵，换一家";
        await CallBack(order.Id, 4, null);
    }

    private async Task Rejected(JsonNode vendor)
    {
        await (await Offer(vendor)).Reject("今天人手排满了");
        Ended("rejected");
        _story = "第一家拒单，换一家";
    }

    private async Task Expired(JsonNode vendor)
    {
        var order = await Offer(vendor, answerWithinSeconds: 5);
        await Become("expired", order.Id, "an offer that nobody answers must expire");
        Ended("expired");
        _story = "第一家超时未接单，换一家";
    }

    private async Task VendorFailed(JsonNode vendor)
    {
        var order = await Offer(vendor);
        await order.Accept();
        await order.Cancel("企业师傅临时有事来不了");
        Ended("cancelled");
        _story = "第一家接单后来不了，换一家";
        await CallBack(order.Id, 2, null);
    }

    private async Task<string> Complaint(JsonNode[] vendors, Call call)
    {
        var vendor = IdOf(vendors[0]);
        await Serve(vendors[0], call, satisfaction: 1, complaint: "没修好还多收钱，态度也差");

        // another citizen's request is on offer to this vendor when it is suspended
        var other = await _life.Register(Taken(call, seed + 500));
        var offer = await _life.Offer(other.Id, vendor, await cast.Vendor(vendor));
        await cast.Supervisor.Must("/api/evaluation/sanctions",
            new { vendorId = vendor, kind = "suspension", reason = SuspensionReason, until = DateTimeOffset.UtcNow.AddMinutes(10) }, 201);
        await Become("withdrawn", offer.Id, "a suspended vendor's offer must be withdrawn");
        await Until(async () => (await Match(call.Word, call.Area)).All(v => IdOf(v) != vendor), "a suspended vendor must not be proposed");
        await _life.CancelRequest(other.Id, "演示结束", "duplicate");
        _story = "市民投诉，企业被暂停派单，待接派单收回";
        return "closed";
    }

    private async Task<string> Serve(JsonNode vendor, Call call, int? satisfaction = null, string? complaint = null)
    {
        var price = Math.Round((decimal)vendor["services"]![0]!["priceFrom"]!);
        var order = await Offer(vendor);
        await order.Accept();
        await order.Contact("已联系市民，说明收费标准");
        await order.Quote(price + (call.Turn is Turn.PriceNegotiated ? 150 : 0));
        if (call.Turn is Turn.PriceNegotiated)
        {
            await order.Quote(price, "与市民商量后优惠");
            _story = "市民还价后成交";
        }
        await order.AcceptQuote();
        if (call.Turn is Turn.ServedByAppointment)
        {
            await order.Schedule(DateTimeOffset.UtcNow.AddHours(2), DateTimeOffset.UtcNow.AddHours(3));
            _story = "预约上门";
        }
        await order.Arrive();
        await order.Complete(complaint is null ? price : price + 80, $"{call.Word}：已处理，讲明使用注意事项");
        Ended("completed");
        if (call.Turn is Turn.CitizenUnreachable)
        {
            await Unreachable(order.Id);
            _story = "一次未接通，再拨时市民不愿接受回访";
        }
        else
        {
            await CallBack(order.Id, satisfaction ?? 4 + seed % 2, complaint);
        }
        return "closed";
    }

    private async Task<OrderLife> Offer(JsonNode vendor, int? answerWithinSeconds = null)
    {
        var id = IdOf(vendor);
        var order = await _life.Offer(_request, id, await cast.Vendor(id), answerWithinSeconds);
        _orders.Add((order.Id, id, "offered"));
        return order;
    }

    private void Ended(string status) => _orders[^1] = _orders[^1] with { Status = status };

    private Task Become(string status, Guid order, string what) =>
        Until(async () => (await cast.Operator.Read($"/api/dispatch/orders/{order}")).Text("status") == status, what);

    private async Task CallBack(Guid? order, int satisfaction, string? complaint)
    {
        var served = order is not null && _orders[^1].Status == "completed";
        await _life.CompleteFollowUp(await Due(order), new(satisfaction, satisfaction > 3, served ? satisfaction > 2 : null,
            served ? complaint is null : null, satisfaction > 3 ? "师傅有耐心，讲得清楚" : "希望改进",
            complaint is null ? null : new(complaint)));
        _followUps.Add("completed");
    }

    private async Task Unreachable(Guid order)
    {
        var followUp = await Due(order);
        await _life.ClaimFollowUp(followUp);
        var again = DateTimeOffset.UtcNow.AddSeconds(2);
        await cast.Operator.Must($"/api/follow-ups/{followUp}/attempts", new { outcome = "noAnswer", again = new { at = again } });
        await Until(async () => (await cast.Operator.Post($"/api/follow-ups/{followUp}/claim")).Code == 200,
            "a callback must be there again when it is due");
        await cast.Operator.Must($"/api/follow-ups/{followUp}/attempts", new { outcome = "refused" });
        _followUps.Add("unreachable");
    }

    private async Task<Guid> Due(Guid? order)
    {
        var due = await Wait.For(async () => (await _life.FollowUps(_request, "open")).FirstOrDefault(f =>
            f["orderId"]?.ToString() == order?.ToString()), "a callback must be due", pause: Pause);
        return Guid.Parse(due["id"]!.ToString());
    }

    private static Guid IdOf(JsonNode vendor) => Guid.Parse(vendor["vendorId"]!.ToString());

    private static void Check(bool holds, string what)
    {
        if (!holds) throw new PlatformException(what);
    }
}

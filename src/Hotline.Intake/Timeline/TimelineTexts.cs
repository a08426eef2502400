using System.Globalization;
using System.Text.Json;
using Hotline.Catalogue;
using Hotline.ServiceDefaults;

namespace Hotline.Intake.Timeline;

/// <summary>A timeline entry in a reader's words.</summary>
public static class TimelineTexts
{
    // in the order of a service's course, which settles what happened in the same moment; placeholders are fields of the entry's data
    private static readonly (string Kind, string Zh, string En, string[] Fields)[] Kinds =
    [
        ("requestRegistered", "登记工单 {0}", "Request {0} registered", ["number"]),
        ("requestRecategorised", "服务类别由 {0} 改为 {1}", "Category changed from {0} to {1}", ["before", "categoryCode"]),
        ("requestCancelled", "工单取消:{0}", "Request cancelled: {0}", ["reason"]),
        ("orderOffered", "派单给 {0},请于 {1} 前接单 {2}", "Offered to {0}, to be accepted by {1} {2}",
            ["vendorName", "offerExpiresAt", "overrideReason"]),
        ("orderRejected", "企业拒单:{0}", "Vendor rejected: {0}", ["reason"]),
        ("offerExpired", "企业超时未接单", "Vendor did not answer in time", []),
        ("orderAccepted", "企业接单,须于 {0} 前联系市民", "Vendor accepted, to phone the citizen by {0}", ["contactBy"]),
        ("contactOverdue", "企业超时未联系市民(应于 {0} 前)", "Vendor did not phone the citizen in time (by {0})", ["contactBy"]),
        ("citizenContacted", "企业已联系市民 {0}", "Vendor phoned the citizen {0}", ["note"]),
        ("quoteProposed", "报价 {0} 元 {1}", "Price quoted: CNY {0} {1}", ["amount", "note"]),
        ("quoteAccepted", "市民同意报价 {0} 元", "Citizen agreed to CNY {0}", ["amount"]),
        ("quoteDeclined", "市民不接受报价 {0} 元:{1}", "Citizen declined CNY {0}: {1}", ["amount", "reason"]),
        ("visitScheduled", "预约上门 {0} 至 {1}", "Visit from {0} to {1}", ["startsAt", "endsAt"]),
        ("vendorArrived", "师傅已到场", "Technician arrived", []),
        ("orderCompleted", "完工,实收 {0} 元:{1}", "Completed for CNY {0}: {1}", ["finalAmount", "summary"]),
        ("orderCancelled", "派单取消:{0}", "Order cancelled: {0}", ["reason"]),
        ("orderWithdrawn", "派单收回:{0}", "Order withdrawn: {0}", ["reason"]),
        ("orderUnfulfilled", "服务未完成:{0}", "Service not delivered: {0}", ["reason"]),
        ("followUpScheduled", "安排回访", "Callback scheduled", []),
        ("followUpAttempted", "第 {0} 次回访未成功:{1}", "Callback attempt {0} failed: {1}", ["attempt", "outcome"]),
        ("complaintRaised", "市民投诉:{0}", "Citizen complained: {0}", ["description"]),
        ("followUpCompleted", "回访完成,满意度 {0} 分 {1}", "Called back, satisfaction {0} of 5 {1}", ["satisfaction", "comment"]),
        ("followUpUnreachable", "回访 {0} 次未联系上,结束回访", "Not reached in {0} attempts, callback ended", ["attempts"]),
    ];

    private static readonly Dictionary<string, int> Ranks = Kinds.Select((k, i) => (k.Kind, i)).ToDictionary(k => k.Kind, k => k.i);

    private static readonly Dictionary<string, Text> Outcomes = new()
    {
        ["noAnswer"] = new("noAnswer", "无人接听", "no answer"),
        ["busy"] = new("busy", "占线", "busy"),
        ["wrongNumber"] = new("wrongNumber", "号码有误", "wrong number"),
        ["refused"] = new("refused", "拒绝回访", "refused"),
    };

    /// <summary>Place in a service's course; what a later release wrote comes last.</summary>
    public static int RankOf(string kind) => Ranks.GetValueOrDefault(kind, int.MaxValue);

    public static string TextOf(Entry entry)
    {
        if (!Ranks.TryGetValue(entry.Kind, out var rank)) return entry.Kind;
        var (kind, zh, en, fields) = Kinds[rank];
        using var data = JsonDocument.Parse(entry.Data);
        return new Text(kind, zh, en).Say([.. fields.Select(field => Say(data.RootElement, field))]).TrimEnd();
    }

    private static string Say(JsonElement data, string field)
    {
        if (!data.TryGetProperty(field, out var value) || value.ValueKind is JsonValueKind.Null) return "";
        if (value.ValueKind is JsonValueKind.Number) return value.GetDecimal().ToString("0.##", CultureInfo.InvariantCulture);
        var text = value.ToString();
        if (field.EndsWith("At", StringComparison.Ordinal) || field.EndsWith("By", StringComparison.Ordinal))
            return value.GetDateTimeOffset().ToLocal().ToString("MM-dd HH:mm", CultureInfo.InvariantCulture);
        if (field is ("before" or "categoryCode") && ServiceCatalogue.Current.Category(text) is { } category)
            return Text.English ? category.NameEn : category.Name;
        return field == "outcome" && Outcomes.TryGetValue(text, out var outcome) ? outcome.Say() : text;
    }
}

using System.Globalization;
using System.Text.Json;
using Hotline.VendorRegistry.Vendors;
using Hotline.Wire.Intake;

namespace Hotline.VendorRegistry.History;

public static class HistoryEndpoints
{
    private static readonly Dictionary<string, Text> Says = new Text[]
    {
        new("applied", "申请加盟", "Applied for the alliance"),
        new("approved", "通过审核", "Approved"),
        new("approved.contract", "通过审核，合同 {0} 至 {1}", "Approved, contract from {0} to {1}"),
        new("rejected", "审核未通过", "Not approved"),
        new("renewed", "合同改为 {0} 至 {1}（原到 {2}）", "Contract now from {0} to {1} (it was to {2})"),
        new("changed", "修改了{0}", "Changed: {0}"),
        new("sanctionImposed", "{0}", "{0}"),
        new("sanctionImposed.until", "{0}，至 {1}", "{0}, until {1}"),
        new("sanctionLifted", "{0}结束", "{0} ended"),
        new("warning", "警告", "Warning"),
        new("suspension", "暂停派单", "Suspension from dispatch"),
        new("termination", "解除加盟", "Removal from the alliance"),
        new("name", "名称", "name"),
        new("phone", "电话", "phone"),
        new("contactName", "联系人", "contact"),
        new("licenceNumber", "统一社会信用代码", "credit code"),
        new("services", "服务与价目", "services and prices"),
        new("coverage", "服务区域", "coverage"),
        new("hours", "营业时间", "hours"),
    }.ToDictionary(text => text.Code);

    public static void MapHistory(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/vendors/{id:guid}/timeline", List)
            .WithName("listVendorTimeline").WithSummary("What happened to a vendor, newest first: admission, contract, profile, sanctions")
            .WithTags("Vendors").RequireAuthorization(Policies.Supervision);

    private static async Task<Results<Ok<Page<TimelineItem>>, ProblemHttpResult>> List(
        Guid id, VendorStore vendors, HistoryStore history, int? limit, string? cursor, CancellationToken stop)
    {
        var faults = new Faults();
        if (PageRequest.Read(limit, cursor, faults) is not { } page) return faults.ToProblem();
        return await vendors.Find(id, stop) is null ? Problems.NotFound()
            : TypedResults.Ok(page.Cut(await history.List(id, page, stop), e => e.Id.ToString(), View));
    }

    private static TimelineItem View(NotedEntry entry)
    {
        var what = Tell(entry.Kind, HistoryStore.DataOf(entry));
        using var data = JsonDocument.Parse(entry.Data);
        return new(entry.At, entry.Kind, entry.Actor, string.IsNullOrEmpty(entry.Words) ? what : $"{what}{Colon}{entry.Words}",
            ToneOf(entry.Kind), data.RootElement.Clone());
    }

    private static string Tell(string kind, HistoryData data) => (kind, data) switch
    {
        ("approved", { From: { } from, Until: { } until }) => Says["approved.contract"].Say(Day(from), Day(until)),
        ("renewed", { From: { } from, Until: { } until, Before: { } before }) => Says[kind].Say(Day(from), Day(until), Day(before)),
        ("changed", { Fields: { } fields }) => Says[kind].Say(string.Join(Text.English ? ", " : "、", fields.Select(f => Says[f].Say()))),
        ("sanctionImposed", { Sanction: { } sanction, SanctionUntil: { } end }) =>
            Says["sanctionImposed.until"].Say(Says[sanction].Say(),
                end.ToLocal().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)),
        (_, { Sanction: { } sanction }) => Says[kind].Say(Says[sanction].Say()),
        _ => Says[kind].Say(),
    };

    private static string Colon => Text.English ? ": " : "：";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Tone ToneOf(string kind) => kind switch
    {
        "approved" or "sanctionLifted" => Tone.Good,
        "rejected" or "sanctionImposed" => Tone.Bad,
        _ => Tone.Plain,
    };
}

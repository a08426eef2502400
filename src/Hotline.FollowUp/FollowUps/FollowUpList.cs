using System.Globalization;

namespace Hotline.FollowUps.FollowUps;

/// <param name="Status">One status, or ended for all that are over; null = any.</param>
/// <param name="ClaimedBy">In whose hands; null = whoever's.</param>
/// <param name="EndedFrom">Ended then or later, UTC.</param>
/// <param name="From">Fell due then or later, UTC.</param>
/// <param name="To">Fell due before, UTC.</param>
/// <param name="Answer">One of <see cref="Answers"/>; null = any or none.</param>
/// <param name="Category">A service of the catalogue or a group.</param>
public sealed record FollowUpFilter(
    string? Status, Guid? RequestId, string? ClaimedBy, DateTimeOffset? EndedFrom, FollowUpOrder Order, DateTimeOffset? From = null,
    DateTimeOffset? To = null, string? Kind = null, string? Answer = null, string? AreaCode = null, string? Category = null,
    string? RegisteredBy = null, string? DialledNumber = null)
{
    /// <summary>What may be asked for of the answers, and which rows have it.</summary>
    public static readonly Dictionary<string, string> Answers = new()
    {
        ["answered"] = "satisfaction is not null",
        ["satisfied"] = "satisfaction >= 4",
        ["dissatisfied"] = "satisfaction < 4",
        ["resolved"] = "resolved",
        ["unresolved"] = "not resolved",
        ["complaint"] = "complaint_id is not null",
    };

    internal string Condition => string.Join(" and ", Conditions);

    private IEnumerable<string> Conditions
    {
        get
        {
            yield return Order.Only;
            foreach (var condition in OfStatus) yield return condition;
            if (RequestId is not null) yield return "request_id = @RequestId";
            if (ClaimedBy is not null) yield return $"final_status is null and {FollowUpStore.InHands}";
            if (EndedFrom is not null) yield return "final_status is not null and ended_at >= @EndedFrom";
            if (From is not null) yield return "created_at >= @From";
            if (To is not null) yield return "created_at < @To";
            if (Kind is not null) yield return "kind = @Kind";
            if (Answer is not null) yield return Answers[Answer];
            if (Category is not null) yield return "@Category in (category_code, split_part(category_code, '.', 1))";
            if (AreaCode is not null) yield return OfContact("area_code = @AreaCode");
            if (RegisteredBy is not null) yield return OfContact("registered_by = @RegisteredBy");
            if (DialledNumber is not null) yield return OfContact("dialled_number = @DialledNumber");
        }
    }

    private static string OfContact(string condition) =>
        $"exists (select from contacts c where c.request_id = follow_ups.request_id and c.{condition})";

    // those that are not over: of years of follow-ups those, by their index
    private string[] OfStatus => Status switch
    {
        null => [],
        "open" => ["final_status is null", FollowUpStore.Due],
        "waiting" => ["final_status is null", "status = 'open' and due_at > @now"],
        "claimed" => ["final_status is null", "status = 'claimed'"],
        "ended" => ["final_status is not null"],
        _ => ["final_status = @Status"],
    };
}

/// <summary>An order of a list, and the keys of its cursors.</summary>
/// <param name="By">The column by which it goes before the id; null = by the id alone.</param>
/// <param name="LastFirst">The greatest first.</param>
/// <param name="Only">Which have such a value at all.</param>
public sealed record FollowUpOrder(string? By, bool LastFirst, string Only, Func<FollowUp, DateTimeOffset?> Of)
{
    /// <summary>Who waits longest for what ended is called next.</summary>
    public static readonly FollowUpOrder Oldest = new(null, false, "true", _ => null);

    /// <summary>Of those that are not over, who is due first.</summary>
    public static readonly FollowUpOrder Due = new("due_at", false, "final_status is null", f => f.DueAt);

    /// <summary>Of those that are over, what ended last.</summary>
    public static readonly FollowUpOrder Ended = new("ended_at", true, "final_status is not null", f => f.EndedAt);

    public string Key(FollowUp last) =>
        Of(last) is { } at ? string.Create(CultureInfo.InvariantCulture, $"{at.UtcTicks}|{last.Id}") : last.Id.ToString();

    /// <summary>The keys after which a page begins; null where the text is none of this order's.</summary>
    public (DateTimeOffset? At, Guid Id)? Read(string key) => key.Split('|') switch
    {
        [var id] when By is null && Guid.TryParse(id, out var last) => (null, last),
        [var ticks, var id] when By is not null && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            && at <= DateTimeOffset.MaxValue.UtcTicks && Guid.TryParse(id, out var last) => (new(at, TimeSpan.Zero), last),
        _ => null,
    };
}

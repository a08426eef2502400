using System.Globalization;

namespace Hotline.FollowUps.FollowUps;

/// <param name="Status">One status, or ended for all that are over; null = any.</param>
/// <param name="ClaimedBy">In whose hands; null = whoever's.</param>
/// <param name="EndedFrom">Ended then or later, UTC.</param>
public sealed record FollowUpFilter(string? Status, Guid? RequestId, string? ClaimedBy, DateTimeOffset? EndedFrom, FollowUpOrder Order)
{
    internal string Condition => string.Join(" and ", (string[])[Order.Only,
        .. OfStatus,
        .. RequestId is null ? (string[])[] : ["request_id = @RequestId"],
        .. ClaimedBy is null ? (string[])[] : ["final_status is null", FollowUpStore.InHands],
        .. EndedFrom is null ? (string[])[] : ["final_status is not null", "ended_at >= @EndedFrom"]]);

    // those that are not over: of years of follow-ups those, by their index
    private string[] OfStatus => Status switch
    {
        null => [],
        "open" => ["final_status is null", FollowUpStore.Due],
        "waiting" => ["final_status is null", "status = 'open' and due_at > @now"],
        "claimed" => ["final_status is null", "status = 'claimed'"],
        "ended" => ["final_status is not null"],
        _ => ["final_status = @status"],
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

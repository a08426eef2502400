namespace Hotline.Tools.Demo;

/// <summary>Looks in every service whether the morning left exactly what it should: nothing lost, nothing doubled.</summary>
public sealed class Audit(Cast cast)
{
    // what happens at most once in the life of an order or a callback
    private static readonly HashSet<string> Repeatable = ["quoteProposed", "visitScheduled", "followUpAttempted"];

    /// <summary>What is wrong with a call's traces; empty if nothing.</summary>
    public async Task<IReadOnlyList<string>> Of(Played played)
    {
        IReadOnlyList<string> faults = [];
        try
        {
            // events may still be under way: look again for a moment
            await Play.Until(async () => (faults = await Look(played)).Count == 0, "");
        }
        catch (TimeoutException) { }
        return faults;
    }

    /// <summary>How many services a vendor completed, as evaluation counts.</summary>
    public async Task<int> Completed(Guid vendor)
    {
        var card = await cast.Supervisor.Read($"/api/evaluation/vendors/{vendor}");
        return (int)card["counts"]!["completed"]!;
    }

    private async Task<IReadOnlyList<string>> Look(Played played)
    {
        var faults = new List<string>();
        var request = await cast.Operator.Read($"/api/intake/requests/{played.RequestId}");
        if (request.Text("status") != played.FinalStatus) faults.Add($"intake: {request.Text("status")}, not {played.FinalStatus}");

        var orders = (await cast.Operator.Read($"/api/dispatch/orders?requestId={played.RequestId}")).Items.Reverse().ToArray();
        var statuses = orders.Select(o => o["status"]!.ToString()).ToArray();
        if (!statuses.SequenceEqual(played.OrderStatuses))
            faults.Add($"dispatch: [{string.Join(' ', statuses)}], not [{string.Join(' ', played.OrderStatuses)}]");

        var followUps = (await cast.Operator.Read($"/api/follow-ups?requestId={played.RequestId}")).Items
            .Select(f => f["status"]!.ToString()).ToArray();
        if (!followUps.SequenceEqual(played.FollowUpStatuses))
            faults.Add($"follow-up: [{string.Join(' ', followUps)}], not [{string.Join(' ', played.FollowUpStatuses)}]");

        var timeline = (await cast.Operator.Read($"/api/intake/requests/{played.RequestId}/timeline")).Items;
        var doubled = timeline.Where(t => !Repeatable.Contains(t["kind"]!.ToString()))
            .GroupBy(t => $"{t["kind"]} {t["data"]!["orderId"]} {t["data"]!["followUpId"]}").Where(g => g.Count() > 1).ToArray();
        faults.AddRange(doubled.Select(d => $"timeline: {d.Key} {d.Count()} times"));
        int Count(string kind) => timeline.Count(t => t["kind"]!.ToString() == kind);
        if (Count("requestRegistered") != 1) faults.Add("timeline: not registered");
        if (Count("orderOffered") != orders.Length) faults.Add($"timeline: {Count("orderOffered")} offers of {orders.Length}");
        if (Count("followUpCompleted") + Count("followUpUnreachable") != followUps.Length) faults.Add("timeline: callbacks missing");
        return faults;
    }
}

using System.Globalization;
using Hotline.Console.Shared;
using Microsoft.Extensions.Localization;

namespace Hotline.Console.Overview;

/// <summary>What three services count of the same days, area, operator and so on.</summary>
public sealed record FigureRow(string Key, string Name, IntakeFigureRow Intake, DispatchFigureRow Dispatch, FollowUpFigureRow FollowUp)
{
    private static readonly DurationFigure None = new(0, null, null, 0);

    /// <summary>Of the whole span.</summary>
    public static FigureRow Of(IntakeFigures i, DispatchFigures d, FollowUpFigures f) => new("", "",
        new("", "", i.Registered, i.Urgent, i.ByStatus.GetValueOrDefault("cancelled"), i.ByStatus.GetValueOrDefault("unfulfilled")),
        new("", "", d.ByStatus.Values.Sum(), d.ByStatus.GetValueOrDefault("rejected"), d.ByStatus.GetValueOrDefault("expired"),
            d.FirstContact, d.Completion),
        new("", "", f.Services, f.ServicesCalledBack, f.ServicesAnswered, f.Satisfied, f.Resolved, f.Complaints));

    /// <summary>What has the same key is one row, in the order of the first table; what only others have comes after it.</summary>
    public static FigureRow[] Join(
        FigureTable<IntakeFigureRow> intake, FigureTable<DispatchFigureRow> dispatch, FigureTable<FollowUpFigureRow> followUp)
    {
        var (i, d, f) = (intake.Rows.ToDictionary(r => r.Key), dispatch.Rows.ToDictionary(r => r.Key),
            followUp.Rows.ToDictionary(r => r.Key));
        return [.. intake.Rows.Select(r => (r.Key, r.Name)).Concat(dispatch.Rows.Select(r => (r.Key, r.Name)))
            .Concat(followUp.Rows.Select(r => (r.Key, r.Name))).DistinctBy(r => r.Key).Select(r => new FigureRow(r.Key, r.Name,
                i.GetValueOrDefault(r.Key) ?? new(r.Key, r.Name, 0, 0, 0, 0),
                d.GetValueOrDefault(r.Key) ?? new(r.Key, r.Name, 0, 0, 0, None, None),
                f.GetValueOrDefault(r.Key) ?? new(r.Key, r.Name, 0, 0, 0, 0, 0, 0)))];
    }
}

/// <summary>What a figure's number is.</summary>
public enum FigureUnit { Count, Share, Seconds }

/// <summary>A figure: what it is of a row, and which rows of a list it counts.</summary>
/// <param name="Name">Figure.{Name} in the word lists.</param>
/// <param name="Value">Of shares in per cent; null where there is nothing to measure.</param>
/// <param name="Of">Of shares part and whole.</param>
/// <param name="Better">1 = more is better, -1 = less is, 0 = neither.</param>
public sealed record Figure(
    string Name, FigureUnit Kind, int Better, Func<FigureRow, double?> Value, Func<FigureRow, (int Part, int Whole)>? Of,
    Func<FigureLinks, string?> Link)
{
    public static readonly Figure[] All =
    [
        Count("registered", 0, r => r.Intake.Registered, l => l.Requests()),
        Count("urgent", 0, r => r.Intake.Urgent, l => l.Requests(("urgency", "urgent"))),
        Count("cancelled", -1, r => r.Intake.Cancelled, l => l.Requests(("status", "cancelled"))),
        Count("noVendor", -1, r => r.Intake.NoVendor, l => l.Requests(("status", "unfulfilled"))),
        Count("offered", 0, r => r.Dispatch.Offered, l => l.Orders()),
        Count("rejected", -1, r => r.Dispatch.Rejected, l => l.Orders(("status", "rejected"))),
        Count("expired", -1, r => r.Dispatch.Expired, l => l.Orders(("status", "expired"))),
        new("firstContact", FigureUnit.Seconds, -1, r => r.Dispatch.FirstContact.MedianSeconds, null, l => l.Orders()),
        Share("contactInTime", r => (r.Dispatch.FirstContact.InTime, r.Dispatch.FirstContact.Count), l => l.Orders()),
        new("completion", FigureUnit.Seconds, -1, r => r.Dispatch.Completion.MedianSeconds, null, l => l.Orders(("status", "completed"))),
        Share("completionInTime", r => (r.Dispatch.Completion.InTime, r.Dispatch.Completion.Count),
            l => l.Orders(("status", "completed"))),
        Share("coverage", r => (r.FollowUp.ServicesCalledBack, r.FollowUp.Services), l => l.FollowUps(("kind", "service"))),
        Share("satisfied", r => (r.FollowUp.Satisfied, r.FollowUp.ServicesAnswered),
            l => l.FollowUps(("kind", "service"), ("answer", "satisfied"))),
        Share("resolved", r => (r.FollowUp.Resolved, r.FollowUp.ServicesAnswered),
            l => l.FollowUps(("kind", "service"), ("answer", "resolved"))),
        Count("complaints", -1, r => r.FollowUp.Complaints, l => l.FollowUps(("answer", "complaint"))),
    ];

    public static Figure Named(string name) => Array.Find(All, f => f.Name == name) ?? All[0];

    /// <summary>As it is read: a number, a share, a time.</summary>
    public string Text(FigureRow row, IStringLocalizer words) => Kind switch
    {
        FigureUnit.Count => Format.Number(Value(row), "#,0"),
        FigureUnit.Share => Format.Percent(Value(row)),
        _ => Duration(Value(row), words),
    };

    /// <summary>As it stands in a table, whose head has the unit.</summary>
    public string Cell(FigureRow row) => Kind switch
    {
        FigureUnit.Count => Format.Number(Value(row), "#,0"),
        FigureUnit.Share => Format.Percent(Value(row)).TrimEnd('%'),
        _ => Format.Number(Value(row) / 60, "0.0"),
    };

    /// <summary>In brackets, for the head of a table; blank where it is a number of something.</summary>
    public string Unit(IStringLocalizer words) => Kind switch
    {
        FigureUnit.Count => "",
        FigureUnit.Share => "(%)",
        _ => $"({words["Unit.Minutes", ""].Value.Trim()})",
    };

    /// <summary>Part and whole of a share; null where it is none.</summary>
    public string? OutOf(FigureRow row) => Of?.Invoke(row) is (var part, > 0 and var whole)
        ? string.Create(CultureInfo.InvariantCulture, $"{part:#,0}/{whole:#,0}") : null;

    /// <summary>The change to an earlier time in words, and whether it is for the better; null where there is nothing to compare.</summary>
    public (string Words, bool? Better)? Change(FigureRow now, FigureRow before, string when, IStringLocalizer words)
    {
        if (Value(now) is not { } latest || Value(before) is not { } old) return null;
        var change = Math.Round(latest - old, 1);
        if (change == 0) return (words["Delta.Same", when], null);
        var size = Math.Abs(change);
        var said = Kind switch
        {
            FigureUnit.Count when old > 0 => Format.Number(size, "#,0")
                + words["Delta.Percent", $"{(change < 0 ? "−" : "+")}{Format.Number(size / old * 100, "0")}%"],
            FigureUnit.Count => Format.Number(size, "#,0"),
            FigureUnit.Share => words["Delta.Points", Format.Number(size, "0.#")],
            _ => Duration(size, words),
        };
        var way = (Kind, change > 0) switch
        {
            (FigureUnit.Seconds, true) => "Slower",
            (FigureUnit.Seconds, false) => "Faster",
            (FigureUnit.Share, true) => "Higher",
            (FigureUnit.Share, false) => "Lower",
            (_, true) => "More",
            _ => "Fewer",
        };
        return (words[$"Delta.{way}", when, said], Better == 0 ? null : change > 0 == Better > 0);
    }

    private static string Duration(double? seconds, IStringLocalizer words) => seconds switch
    {
        null => "–",
        < 60 => words["Unit.Seconds", Format.Number(seconds, "0")],
        _ => words["Unit.Minutes", Format.Number(seconds / 60, "0.#")],
    };

    private static Figure Count(string name, int better, Func<FigureRow, int> count, Func<FigureLinks, string?> link) =>
        new(name, FigureUnit.Count, better, r => count(r), null, link);

    private static Figure Share(string name, Func<FigureRow, (int Part, int Whole)> of, Func<FigureLinks, string?> link) =>
        new(name, FigureUnit.Share, 1, r => of(r) is (var part, > 0 and var whole) ? 100.0 * part / whole : null, of, link);
}

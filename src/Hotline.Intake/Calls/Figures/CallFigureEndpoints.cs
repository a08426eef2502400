using Hotline.Intake.Calls.Missed;
using Hotline.Intake.Requests;
using Hotline.Intake.Seats;
using Hotline.Wire.Calls;
using Microsoft.Extensions.Options;

namespace Hotline.Intake.Calls.Figures;

public static class CallFigureEndpoints
{
    private const int MostMissed = 1000, MostDays = 366;
    private static readonly Text ByWanted = new("figures.by", $"请指定 by，可用：{string.Join(", ", EnumWords.Words<CallFigureGroup>())}",
        $"Give by: {string.Join(", ", EnumWords.Words<CallFigureGroup>())}");
    private static readonly Text Turned = new("figures.turned", "结束日期不能早于开始日期", "The last day must not be before the first");
    private static readonly Text TooLong = new("figures.too-long", $"最多 {MostDays} 天", $"At most {MostDays} days");
    private static readonly Text Unknown = new("figures.unknown", "未知", "unknown");

    public static void MapCallFigures(this IEndpointRouteBuilder routes)
    {
        var figures = routes.MapGroup("/api/calls").WithTags("Calls").RequireAuthorization(Policies.Supervision);
        figures.MapGet("/queue", Queue).WithName("getCallQueue").WithSummary("Who waits, what seats do, and how the day goes");
        figures.MapGet("/figures", Figures).WithName("getCallFigures")
            .WithSummary("Calls that came in, by number, hour or operator, of days of the city (today if none are given)");
        figures.MapGet("/figures/export", Figures).Exports("exportCallFigures", CallFigureFile.Columns);
    }

    private static async Task<Results<Ok<CallFigures>, ProblemHttpResult>> Figures(
        CallCounts counts, IOptions<IntakeOptions> intake, IOptions<CallOptions> options, TimeProvider clock, DateOnly? from,
        DateOnly? to, string? by, CancellationToken stop)
    {
        var (faults, now) = (new Faults(), clock.GetUtcNow());
        var (first, last) = (from ?? to ?? now.ToLocalDay(), to ?? from ?? now.ToLocalDay());
        if (string.IsNullOrEmpty(by)) faults.Add("by", ByWanted.Say());
        var group = EnumWords.FromWire<CallFigureGroup>(faults.Word<CallFigureGroup>(by, "by")) ?? default;
        if (last < first) faults.Add("to", Turned.Say());
        else if (last.DayNumber - first.DayNumber >= MostDays) faults.Add("to", TooLong.Say());
        if (faults.Any) return faults.ToProblem();
        var (begin, end) = (LocalTime.StartOf(first), LocalTime.StartOf(last.AddDays(1)));
        var counted = group is CallFigureGroup.Operator ? await counts.Operators(begin, end, now, stop)
            : await counts.Calls(group, begin, end, stop);
        var (peak, busy) = await counts.Lines(options.Value.Lines, begin, end, now, stop);
        return TypedResults.Ok(new CallFigures(first, last, group, CallCounts.WithinSeconds, Rows(group, counted, intake.Value),
            (await counts.Total(begin, end, stop)).Row(""), peak, busy));
    }

    private static CallFigureRow[] Rows(CallFigureGroup by, IReadOnlyList<CallCount> counted, IntakeOptions intake)
    {
        var known = counted.ToDictionary(c => c.Key ?? "");
        IEnumerable<string> always = by switch
        {
            CallFigureGroup.Hour => Enumerable.Range(0, 24).Select(hour => $"{hour:00}"),
            CallFigureGroup.Number => intake.DialledNumbers,
            _ => [],
        };
        return [.. always.Union(known.Keys.Order(StringComparer.Ordinal))
            .Select(key => (known.GetValueOrDefault(key) ?? new CallCount { Key = key })
                .Row(key.Length == 0 ? Unknown.Say() : by is CallFigureGroup.Hour ? $"{key}:00" : key))];
    }

    private static async Task<Ok<CallQueueView>> Queue(
        CallCounts counts, SeatStore seats, MissedStore missed, IOptions<IntakeOptions> intake, TimeProvider clock, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var midnight = LocalTime.StartOf(now.ToLocalDay());
        var (waiting, today) = (await counts.Waiting(stop), await counts.Calls(CallFigureGroup.Number, midnight, now, stop));
        var states = (await seats.Taken(stop)).CountBy(s => s.State).ToDictionary(s => s.Key.ToWire(), s => s.Value);
        var owed = await missed.Count(MissedStatus.Open.ToWire(), MostMissed, stop);
        return TypedResults.Ok(new CallQueueView(now, waiting.Sum(w => w.Waiting), waiting.Min(w => w.Since), waiting.Sum(w => w.Talking),
            EnumWords.Words<SeatState>().Where(s => s != SeatState.Offline.ToWire()).ToDictionary(s => s, s => states.GetValueOrDefault(s)),
            (await counts.Total(midnight, now, stop)).Row(""),
            (await counts.Total(midnight.AddDays(-7), now.AddDays(-7), stop)).Row(""),
            (await counts.Total(now.AddDays(-1), now, stop)).Row(""),
            [.. Rows(CallFigureGroup.Number, today, intake.Value).Select(row => new NumberQueueView(row.Key,
                waiting.Where(w => (w.Number ?? "") == row.Key).Sum(w => w.Waiting), row))], owed, CallCounts.WithinSeconds));
    }
}

/// <summary>Figures of calls as a file.</summary>
internal static class CallFigureFile
{
    public static readonly ExportFile<CallFigureRow> Columns = new ExportFile<CallFigureRow>("call-figures", "通话统计", "Call figures")
        .Words("项目", "Of", r => r.Name, 20)
        .Number("呼入", "Offered", r => r.Offered)
        .Number("接听", "Answered", r => r.Answered)
        .Number("呼损", "Abandoned", r => r.Abandoned)
        .Number("15 秒内接听", "Within 15 s", r => r.Within)
        .Number("未进入排队", "Not taken", r => r.NotTaken)
        .Number("15 秒接通率（占呼入）", "Within 15 s of offered", r => r.ServiceLevelOfOffered)
        .Number("15 秒接通率（占接听）", "Within 15 s of answered", r => r.ServiceLevelOfAnswered)
        .Number("接通率", "Answer rate", r => r.AnswerRate)
        .Number("平均等待（秒）", "Average wait (s)", r => r.AverageWaitSeconds)
        .Number("最长等待（秒）", "Longest wait (s)", r => r.LongestWaitSeconds)
        .Number("平均通话（秒）", "Average talk (s)", r => r.AverageTalkSeconds)
        .Number("话后整理（秒）", "Wrap-up (s)", r => r.WrapUpSeconds)
        .Number("占用率", "Occupancy", r => r.Occupancy);
}

using FluentValidation;
using Hotline.Wire.Intake;

namespace Hotline.Intake.Staffing;

internal sealed class StaffingInputRules : AbstractValidator<StaffingInput>
{
    internal const int MostCalls = 5000;
    private const int MostGroups = 10, MostIntervals = 96, MostErlang = 1000;

    private static readonly Text OneOfTwo = new("staffing.one-of-two", "intervals 与 groups 须填写其中一项",
        "Give either intervals or groups");
    private static readonly Text Groups = new("staffing.groups", "须有 2 到 {0} 个组", "From 2 to {0} groups");
    private static readonly Text Same = new("staffing.same-name", "组名不能重复", "No two groups may have the same name");
    private static readonly Text Intervals = new("staffing.intervals", "须有 1 到 {0} 个半小时", "From 1 to {0} half hours");
    private static readonly Text HalfHours = new("staffing.half-hours", "每个半小时只能填写一次，并从整点或半点开始",
        "Give each half hour once, beginning on a full or a half hour");
    private static readonly Text NoCalls = new("staffing.no-calls", "没有来电，无从测算", "There are no calls to reckon with");

    // with these the largest forecast is reckoned in a second or two
    private static readonly Text TooMuch = new("staffing.too-much", "来电太多或处理时长太长：同一个半小时合计不能超过 {0} 个来电、{1} 爱尔兰",
        "Too many or too long calls: in one half hour at most {0} calls and {1} Erlang together");

    public StaffingInputRules()
    {
        RuleFor(s => s.Intervals).Must((s, _) => s.Intervals is null != s.Groups is null).Says(OneOfTwo);
        RuleFor(s => s.PatienceSeconds).InclusiveBetween(1, 3600);
        When(s => s.Target is not null, () =>
        {
            RuleFor(s => s.Target!.Share).NotNull().InclusiveBetween(0.01, 0.999).OverridePropertyName("Target.Share");
            RuleFor(s => s.Target!.Seconds).NotNull().InclusiveBetween(0, 120).OverridePropertyName("Target.Seconds");
        });
        When(s => s.Intervals is not null && s.Groups is null, () =>
        {
            RuleFor(s => s.Intervals).Must(AreSome).Says(Intervals, MostIntervals).DependentRules(() =>
            {
                RuleForEach(s => s.Intervals).NotNull().SetValidator(new StaffingIntervalInputRules()!);
                RuleFor(s => s.Intervals).Must(AreHalfHours).Says(HalfHours)
                    .Must(i => HaveCalls([i])).Says(NoCalls).Must(i => AreBounded([i])).Says(TooMuch, MostCalls, MostErlang);
            });
        });
        When(s => s.Groups is not null && s.Intervals is null, () =>
        {
            RuleFor(s => s.Groups).Must(g => g!.Count is >= 2 and <= MostGroups).Says(Groups, MostGroups).DependentRules(() =>
            {
                RuleForEach(s => s.Groups).NotNull().ChildRules(group =>
                {
                    group.RuleFor(g => g!.Name).Line(50);
                    group.RuleFor(g => g!.Intervals).Must(AreSome).Says(Intervals, MostIntervals).Must(AreHalfHours).Says(HalfHours);
                    group.RuleForEach(g => g!.Intervals).NotNull().SetValidator(new StaffingIntervalInputRules()!)
                        .When(g => AreSome(g!.Intervals));
                });
                RuleFor(s => s.Groups).Must(g => g!.Where(one => one?.Name is not null).GroupBy(one => one!.Name!.Trim())
                        .All(names => names.Count() == 1)).Says(Same)
                    .Must(g => HaveCalls(g!.Select(one => one?.Intervals))).Says(NoCalls)
                    .Must(g => AreBounded(g!.Select(one => one?.Intervals))).Says(TooMuch, MostCalls, MostErlang)
                    .Must(g => g!.SelectMany(one => one?.Intervals ?? []).Select(i => i?.From).Distinct().Count() <= MostIntervals)
                    .Says(Intervals, MostIntervals);
            });
        });
    }

    private static bool AreSome(IReadOnlyList<StaffingIntervalInput?>? intervals) => intervals is { Count: > 0 and <= MostIntervals };

    private static bool AreHalfHours(IReadOnlyList<StaffingIntervalInput?>? intervals)
    {
        var times = (intervals ?? []).Select(i => i?.From).OfType<DateTimeOffset>().ToArray();
        return times.All(t => t.Ticks % Forecast.Length.Ticks == 0) && times.Distinct().Count() == times.Length;
    }

    private static bool HaveCalls(IEnumerable<IReadOnlyList<StaffingIntervalInput?>?> groups) =>
        groups.SelectMany(g => g ?? []).DefaultIfEmpty().Any(i => i?.Calls is not 0);

    // each half hour, all groups together
    private static bool AreBounded(IEnumerable<IReadOnlyList<StaffingIntervalInput?>?> groups) =>
        groups.SelectMany(g => g ?? []).OfType<StaffingIntervalInput>().GroupBy(i => i.From).All(g => g.Sum(i => i.Calls) <= MostCalls
            && g.Sum(i => new Forecast(default, i.Calls ?? 0, i.AhtSeconds ?? 0).Load) <= MostErlang);
}

internal sealed class StaffingIntervalInputRules : AbstractValidator<StaffingIntervalInput>
{
    public StaffingIntervalInputRules()
    {
        RuleFor(i => i.From).NotNull();
        RuleFor(i => i.Calls).NotNull().InclusiveBetween(0, StaffingInputRules.MostCalls);
        RuleFor(i => i.AhtSeconds).NotNull().InclusiveBetween(10, 3600);
    }
}

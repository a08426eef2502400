using Hotline.ServiceDefaults;

namespace Hotline.Services.Tests;

/// <summary>Who may ask what a forecast needs, what is answered, and what is no forecast.</summary>
public sealed class StaffingTests(IntakeApi api) : IClassFixture<IntakeApi>
{
    private const string Path = "/api/calls/staffing";

    private static object HalfHour(object? calls = null, object? aht = null, string from = "2026-11-27T09:00:00+08:00") =>
        new { from, calls = calls ?? 60, ahtSeconds = aht ?? 180 };

    private static object Group(string name, params object[] intervals) => new { name, intervals };

    [Fact]
    public async Task Two_teams_and_one_for_all_their_calls_stand_side_by_side()
    {
        var plan = await api.Supervisor.Post(Path, new { groups = new[] { Group("12345", HalfHour()), Group("81890", HalfHour()) } });
        plan.Code.ShouldBe(200, plan.ToString());
        int Seats(string team) => plan.Body[team]!["mostSeats"]!.GetValue<int>();
        double Level(string team) => plan.Body[team]!["total"]!["serviceLevel"]!.GetValue<double>();
        (Seats("separate"), Seats("pooled"), Seats("sameSeats")).ShouldBe((18, 16, 18));
        plan.Body["groups"]![1]!["name"]!.ToString().ShouldBe("81890");
        Level("separate").ShouldBe(0.847, 5e-4);
        Level("sameSeats").ShouldBe(0.954, 5e-4);
        (plan.Body["share"]!.GetValue<double>(), plan.Body["seconds"]!.GetValue<double>(), plan.Body["patienceSeconds"])
            .ShouldBe((0.8, 15, null));
        plan.Body["pooled"]!["intervals"]![0]!["from"]!.ToString().ShouldStartWith("2026-11-27T01:00:00");
        plan.Body["pooled"]!["seatHours"]!.GetValue<double>().ShouldBe(8);
    }

    [Fact]
    public async Task One_team_with_impatient_callers_is_staffed_for_its_target()
    {
        var plan = await api.Supervisor.Post(Path, new
        {
            intervals = new[] { HalfHour(100), HalfHour(0, from: "2026-11-27T09:30:00+08:00") },
            target = new { share = 0.85, seconds = 20 },
            patienceSeconds = 300,
        });
        plan.Code.ShouldBe(200, plan.ToString());
        var (first, second) = (plan.Body["pooled"]!["intervals"]![0]!, plan.Body["pooled"]!["intervals"]![1]!);
        (first["seats"]!.GetValue<int>(), second["seats"]!.GetValue<int>(), second["figures"]!["serviceLevel"]).ShouldBe((13, 0, null));
        first["figures"]!["abandoned"]!.GetValue<double>().ShouldBe(0.025, 5e-4);
        first["figures"]!["occupancy"]!.GetValue<double>().ShouldBe(0.75, 5e-4);
        first["lines"]!.GetValue<int>().ShouldBeGreaterThanOrEqualTo(13);
        (plan.Body["separate"], plan.Body["groups"]).ShouldBe((null, null));
    }

    /// <summary>The bounds keep anybody from making it reckon for long.</summary>
    [Theory]
    [InlineData(360, null, 0, 0.999)]
    [InlineData(360, 1.0, 0, 0.999)]
    [InlineData(360, 3600.0, 120, 0.8)]
    [InlineData(10, 3600.0, 120, 0.01)]
    public async Task The_largest_forecasts_are_answered(double aht, double? patience, double seconds, double share)
    {
        var intervals = Enumerable.Range(0, 96)
            .Select(i => HalfHour(500, aht, $"2026-11-{27 + i / 48}T{i / 2 % 24:00}:{30 * (i % 2):00}:00Z")).ToArray();
        var plan = await api.Supervisor.Post(Path, new
        {
            groups = Enumerable.Range(0, 10).Select(i => Group($"{i}", intervals)),
            target = new { share, seconds },
            patienceSeconds = patience,
        });
        plan.Code.ShouldBe(200, plan.ToString());
        plan.Body["pooled"]!["mostSeats"]!.GetValue<int>().ShouldBeGreaterThan(0);
        plan.Body["pooled"]!["intervals"]!.AsArray().Count.ShouldBe(96);
    }

    [Fact]
    public async Task Only_a_supervisor_asks()
    {
        foreach (var role in (string[])[Roles.Operator, Roles.Admin, Roles.Ops])
            (await api.As(role).Post(Path, new { intervals = new[] { HalfHour() } })).Code.ShouldBe(403, role);
        (await api.With(null).Post(Path, new { intervals = new[] { HalfHour() } })).Code.ShouldBe(401);
    }

    public static TheoryData<string, object, string, string> NoForecasts => new()
    {
        { "intervals", new { }, "其中一项", "either intervals or groups" },
        { "intervals", new { intervals = new[] { HalfHour() }, groups = new[] { Group("1", HalfHour()) } }, "其中一项", "either" },
        { "intervals", new { intervals = Array.Empty<object>() }, "1 到 96 个半小时", "From 1 to 96 half hours" },
        { "intervals", new { intervals = Enumerable.Repeat(HalfHour(), 97) }, "1 到 96 个半小时", "From 1 to 96 half hours" },
        { "intervals", new { intervals = new[] { HalfHour(0) } }, "没有来电", "There are no calls" },
        { "intervals", new { intervals = new[] { HalfHour(), HalfHour() } }, "只能填写一次", "Give each half hour once" },
        { "intervals", new { intervals = new[] { HalfHour(from: "2026-11-27T09:10:00Z") } }, "整点或半点", "a full or a half hour" },
        { "intervals", new { intervals = new[] { HalfHour(5000, 3600) } }, "爱尔兰", "1000 Erlang" },
        { "intervals[0].calls", new { intervals = new[] { HalfHour(-1) } }, "0 与 5000", "from 0 to 5000" },
        { "intervals[0].ahtSeconds", new { intervals = new[] { HalfHour(aht: 0) } }, "10 与 3600", "from 10 to 3600" },
        { "intervals[0].from", new { intervals = new[] { new { calls = 1, ahtSeconds = 60 } } }, "必填", "required" },
        { "groups", new { groups = new[] { Group("1", HalfHour()) } }, "2 到 10 个组", "From 2 to 10 groups" },
        { "groups", new { groups = new[] { Group("1", HalfHour()), Group("1 ", HalfHour()) } }, "不能重复", "the same name" },
        { "groups", new { groups = new[] { Group("1", HalfHour(0)), Group("2", HalfHour(0)) } }, "没有来电", "There are no calls" },
        { "groups", new { groups = new[] { Group("1", HalfHour(3000, 450)), Group("2", HalfHour(3000, 450)) } }, "爱尔兰", "1000 Erlang" },
        { "groups[1].name", new { groups = new[] { Group("1", HalfHour()), Group("", HalfHour()) } }, "请填写", "Fill it in" },
        { "groups[1].intervals", new { groups = new[] { Group("1", HalfHour()), Group("2") } }, "1 到 96", "From 1 to 96" },
        { "groups[0].intervals[0].calls", new { groups = new[] { Group("1", HalfHour(-1)), Group("2", HalfHour()) } }, "5000", "5000" },
        { "groups[1]", new { groups = new[] { Group("1", HalfHour()), null } }, "必填", "required" },
        { "target.share", new { intervals = new[] { HalfHour() }, target = new { share = 1, seconds = 15 } }, "0.01 与 0.999", "from 0.01" },
        { "target.share", new { intervals = new[] { HalfHour() }, target = new { share = 80, seconds = 15 } }, "0.01 与 0.999", "0.999" },
        { "target.seconds", new { intervals = new[] { HalfHour() }, target = new { share = 0.8 } }, "必填", "required" },
        { "target.seconds", new { intervals = new[] { HalfHour() }, target = new { share = 0.8, seconds = 121 } }, "120", "from 0 to 120" },
        { "patienceSeconds", new { intervals = new[] { HalfHour() }, patienceSeconds = 0 }, "1 与 3600", "from 1 to 3600" },
    };

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(NoForecasts))]
    public async Task What_is_no_forecast_is_refused_at_its_field_in_both_languages(
        string field, object input, string chinese, string english)
    {
        var refused = await api.Supervisor.Post(Path, input);
        (refused.Code, string.Join(' ', refused.Faults)).ShouldBe((400, field), refused.ToString());
        refused.Message(field).ShouldContain(chinese);
        (await api.Supervisor.Post(Path, input, ("Accept-Language", "en"))).Message(field).ShouldContain(english);
    }

    [Fact]
    public async Task A_field_that_does_not_exist_and_a_number_that_is_none_are_refused()
    {
        (await api.Supervisor.Post(Path, new { history = new { from = "2026-11-01", to = "2026-11-02" } })).Code.ShouldBe(400);
        (await api.Supervisor.Post(Path, new { intervals = new[] { HalfHour("many") } })).Code.ShouldBe(400);
    }
}

using Hotline.VendorRegistry.Matching;
using Hotline.Wire;
using Hotline.Wire.Vendors;

namespace Hotline.Decisions.Tests;

public sealed class RankingTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 1, 0, 0, TimeSpan.Zero);

    private static Candidate Plain(string name = "店") =>
        new(Guid.CreateVersion7(), name, "057700000000", Standing.Active, false, 50, 100, "次", 80, 4.5, 0.95, 20, 0, Now.AddHours(-24));

    private static string[] Order(params Candidate[] candidates) => [.. Ranking.Rank(candidates, Now).Select(r => r.Candidate.Name)];

    [Fact]
    public void Who_satisfies_more_stands_higher() => Order(Plain("低") with { Satisfaction = 3 }, Plain("高")).ShouldBe(["高", "低"]);

    [Fact]
    public void Who_keeps_deadlines_stands_higher() =>
        Order(Plain("低") with { DeadlineReliability = 0.5 }, Plain("高")).ShouldBe(["高", "低"]);

    [Fact]
    public void Who_is_busy_stands_lower() => Order(Plain("忙") with { OpenOrders = 3 }, Plain("闲")).ShouldBe(["闲", "忙"]);

    [Fact]
    public void Who_was_just_offered_one_lets_another_have_a_turn() =>
        Order(Plain("刚派") with { LastOfferedAt = Now }, Plain("未派")).ShouldBe(["未派", "刚派"]);

    [Fact]
    public void A_new_vendor_gets_work_beside_an_average_one() =>
        Order(Plain("老") with { Satisfaction = 4.0, DeadlineReliability = 0.9, LastOfferedAt = Now.AddHours(-1) },
            Plain("新") with { Score = null, Satisfaction = null, DeadlineReliability = null, LastOfferedAt = null }).ShouldBe(["新", "老"]);

    [Fact]
    public void A_warned_vendor_stands_lower() =>
        Order(Plain("警告") with { Standing = Standing.Warned }, Plain("正常")).ShouldBe(["正常", "警告"]);

    [Theory]
    [InlineData("08:00", "20:00", "07:59", false)]
    [InlineData("08:00", "20:00", "08:00", true)]
    [InlineData("08:00", "20:00", "20:00", false)]
    [InlineData("20:00", "06:00", "23:00", true)]
    [InlineData("20:00", "06:00", "05:59", true)]
    [InlineData("20:00", "06:00", "12:00", false)]
    [InlineData("00:00", "00:00", "12:00", true)]
    public void Opening_hours_may_pass_midnight(string opens, string closes, string at, bool open) =>
        OpeningHours.Include(TimeOnly.Parse(opens), TimeOnly.Parse(closes), TimeOnly.Parse(at)).ShouldBe(open);

    [Fact]
    public void Without_hours_it_is_open_day_and_night() => OpeningHours.Include(null, null, new(3, 0)).ShouldBeTrue();

    [Theory]
    [InlineData(40, 40, 10, 6, 4)]
    [InlineData(40, 2, 10, 2, 8)] // not enough others: newcomers fill the list
    [InlineData(2, 40, 10, 8, 2)]
    [InlineData(0, 40, 10, 10, 0)]
    [InlineData(40, 0, 10, 0, 10)]
    [InlineData(40, 40, 3, 2, 1)]
    public void Newcomers_get_a_third_of_the_places_and_hide_nobody_who_proved_himself(
        int newcomers, int proven, int most, int shownProven, int shownNew)
    {
        // newcomers rank above all others: nothing is known against them
        var few = Enumerable.Range(0, newcomers)
            .Select(_ => Plain("新") with { Score = null, Satisfaction = null, DeadlineReliability = null, LastOfferedAt = null });
        var many = Enumerable.Range(0, proven).Select(_ => Plain("老") with { Satisfaction = 3, OpenOrders = 2 });
        var shown = Ranking.Shown(Ranking.Rank([.. few, .. many], Now), most);
        (shown.Count(r => r.Candidate.Name == "老"), shown.Count(r => r.Candidate.Name == "新")).ShouldBe((shownProven, shownNew));
        shown.Select(r => r.Rank).ShouldBe(shown.Select(r => r.Rank).OrderDescending());
    }
}

using Hotline.VendorRegistry.Matching;
using Hotline.VendorRegistry.Vendors;

namespace Hotline.Decisions.Tests;

public sealed class RankingTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 1, 0, 0, TimeSpan.Zero);

    private static Candidate Plain(string name = "店") => new(Guid.CreateVersion7(), name, "057700000000", Standing.Active, null, null, false, 50, 100, "次", 80, 4.5, 0.95, 20, 0, Now.AddHours(-24));

    private static string[] Order(params Candidate[] candidates) => [.. Ranking.Rank(candidates, Now).Select(r => r.Candidate.Name)];

    [Fact]
    public void Who_satisfies_more_stands_higher() => Order(Plain("低") with { Satisfaction = 3 }, Plain("高")).ShouldBe(["高", "低"]);

    [Fact]
    public void Who_keeps_deadlines_stands_higher() => Order(Plain("低") with { DeadlineReliability = 0.5 }, Plain("高")).ShouldBe(["高", "低"]);

    [Fact]
    public void Who_is_busy_stands_lower() => Order(Plain("忙") with { OpenOrders = 3 }, Plain("闲")).ShouldBe(["闲", "忙"]);

    [Fact]
    public void Who_was_just_offered_one_lets_another_have_a_turn() => Order(Plain("刚派") with { LastOfferedAt = Now }, Plain("未派")).ShouldBe(["未派", "刚派"]);

    [Fact]
    public void A_new_vendor_gets_work_beside_an_average_one() =>
        Order(Plain("老") with { Satisfaction = 4.0, DeadlineReliability = 0.9, LastOfferedAt = Now.AddHours(-1) }, Plain("新") with { Score = null, Satisfaction = null, DeadlineReliability = null, LastOfferedAt = null }).ShouldBe(["新", "老"]);

    [Fact]
    public void A_warned_vendor_stands_lower() => Order(Plain("警告") with { Standing = Standing.Warned }, Plain("正常")).ShouldBe(["正常", "警告"]);

    [Theory]
    [InlineData("08:00", "20:00", "07:59", false)]
    [InlineData("08:00", "20:00", "08:00", true)]
    [InlineData("08:00", "20:00", "20:00", false)]
    [InlineData("20:00", "06:00", "23:00", true)]
    [InlineData("20:00", "06:00", "05:59", true)]
    [InlineData("20:00", "06:00", "12:00", false)]
    public void Opening_hours_may_pass_midnight(string opens, string closes, string at, bool open) =>
        (Plain() with { OpensAt = TimeOnly.Parse(opens), ClosesAt = TimeOnly.Parse(closes) }).IsOpenAt(TimeOnly.Parse(at)).ShouldBe(open);

    [Fact]
    public void Without_hours_it_is_open_day_and_night() => Plain().IsOpenAt(new(3, 0)).ShouldBeTrue();
}

using System.Text.Json;
using Hotline.Contracts.FollowUp;
using Hotline.Intake.Timeline;
using Hotline.Wire;

namespace Hotline.Decisions.Tests;

public sealed class StoryWordsTests
{
    [Fact]
    public void A_time_is_told_on_the_citys_clock_whatever_the_event_calls_it()
    {
        var until = LocalTime.Moment(new(2026, 11, 27, 9, 30, 0));
        var told = new FollowUpPostponed(Guid.NewGuid(), Guid.NewGuid(), null, null, 2, until, "operator", until.AddHours(-12));
        var line = Story.Of(told);
        var data = JsonSerializer.Serialize(line.Data(told), JsonSerializerOptions.Web);
        StoryWords.TextOf(new(told.At, line.Kind, told.By, data)).ShouldBe("回访改到 11-27 09:30");
    }
}

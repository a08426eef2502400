using Hotline.Telephony.Ami;
using Hotline.Telephony.Calls;

namespace Hotline.Telephony.Tests;

/// <summary>What Asterisk 22 said of real calls, and what the platform is told of them.</summary>
public sealed class TranslationTests
{
    [Theory]
    [InlineData("answered", "rang|queued|offered 1001|answered 1001|ended normalClearing")]
    [InlineData("abandoned", "rang|queued|offered 1002|ended abandoned")]
    [InlineData("no-answer", "rang|queued|offered 1001|noAnswer 1001 noAnswer|offered 1002|answered 1002|ended normalClearing")]
    [InlineData("hold", "rang|queued|offered 1001|answered 1001|held 1001|resumed 1001|ended normalClearing")]
    [InlineData("blind-transfer",
        "rang|queued|offered 1001|answered 1001|transferred 1001 1002|offered 1002|answered 1002|ended normalClearing")]
    [InlineData("attended-transfer",
        "rang|queued|offered 1001|answered 1001|held 1001|offered 1002|answered 1002|transferred 1001 1002|ended normalClearing")]
    public async Task A_call_is_told_of_as_it_went(string transcript, string story)
    {
        var told = await Transcript.Tell(transcript);
        var calls = told.Where(e => e.Type is not CallEventType.SeatState).ToArray();
        string.Join('|', calls.Select(Transcript.Line)).ShouldBe(story);
        calls.Select(e => e.LinkedId).Distinct().Count().ShouldBe(1);
        calls.ShouldAllBe(e => e.Direction == CallDirection.In && e.Pbx == "pbx-test");
        calls.ShouldAllBe(e => e.From!.StartsWith("1390000000", StringComparison.Ordinal));
        calls.Select(e => e.At).ShouldBeInOrder();
        calls.Select(e => e.EventId).ShouldBeUnique();
    }

    [Theory]
    [InlineData("answered", "81890")]
    [InlineData("abandoned", "12345")]
    [InlineData("no-answer", "81890000")]
    [InlineData("blind-transfer", "81890")] // the extension of the channel is another after it
    public async Task The_number_that_was_dialled_stays_whatever_becomes_of_the_call(string transcript, string number) =>
        (await Transcript.Tell(transcript)).Where(e => e.Type is not CallEventType.SeatState).Select(e => e.To).Distinct()
            .ShouldBe([number]);

    [Fact]
    public async Task A_caller_in_the_queue_is_not_answered_though_the_channel_is_up()
    {
        var told = await Transcript.Tell("abandoned");
        told.ShouldNotContain(e => e.Type == CallEventType.Answered);
        told.Single(e => e.Type == CallEventType.Queued).Position.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_occurrence_has_the_same_id_however_often_it_is_seen()
    {
        var (once, again) = (await Transcript.Tell("blind-transfer"), await Transcript.Tell("blind-transfer"));
        again.Select(e => e.EventId).ShouldBe(once.Select(e => e.EventId));
    }

    [Fact]
    public async Task A_call_that_we_make_goes_out_from_its_seat_and_whoever_listens_in_is_no_call()
    {
        var told = await Transcript.Tell("dial", translation =>
        {
            translation.Dialling("dial-0001", "1001", "13900000009", "12345", DateTimeOffset.UnixEpoch);
        });
        var calls = told.Where(e => e.Type is not CallEventType.SeatState).ToArray();
        string.Join('|', calls.Select(Transcript.Line)).ShouldBe("rang 1001|answered 1001|ended 1001 normalClearing");
        calls.ShouldAllBe(e => e.Direction == CallDirection.Out && e.LinkedId == "dial-0001" && e.To == "13900000009");
    }

    [Fact]
    public async Task A_seat_says_when_it_pauses_and_for_what()
    {
        var told = await Transcript.Tell("dial");
        told.Where(e => e is { Type: CallEventType.SeatState, Seat: "1001" }).Select(e => e.Cause)
            .ShouldBe(["ready", "paused:wrapup", "ready"]);
    }

    [Fact]
    public async Task No_event_shows_a_number_where_it_is_written_down() =>
        (await Transcript.Tell("answered")).ShouldAllBe(e => !e.ToString().Contains("139", StringComparison.Ordinal));
}

/// <summary>Recorded messages of Asterisk.</summary>
internal static class Transcript
{
    public static async Task<IReadOnlyList<CallEvent>> Tell(string name, Action<CallTranslation>? before = null)
    {
        var seats = new SeatPattern(SeatPattern.Usual);
        var translation = new CallTranslation(new CallBook("pbx-test"), seats);
        before?.Invoke(translation);
        var told = new List<CallEvent>();
        foreach (var message in await Read(name)) told.AddRange(translation.Apply(message, DateTimeOffset.UnixEpoch));
        return told;
    }

    public static async Task<IReadOnlyList<AmiMessage>> Read(string name)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Transcripts", $"{name}.ami"));
        return await Messages(new StringReader(text));
    }

    /// <summary>Messages written as Name: value lines, with an empty line after each.</summary>
    public static Task<IReadOnlyList<AmiMessage>> Of(string text) => Messages(new StringReader(text + "\n\n"));

    public static string Line(CallEvent told)
    {
        var type = char.ToLowerInvariant(told.Type.ToString()[0]) + told.Type.ToString()[1..];
        return string.Join(' ', new[] { type, told.Seat, told.Cause }.Where(w => w is not null));
    }

    private static async Task<IReadOnlyList<AmiMessage>> Messages(TextReader reader)
    {
        var messages = new List<AmiMessage>();
        while (await AmiMessage.Read(reader, CancellationToken.None) is { } message) messages.Add(message);
        return messages;
    }
}

using System.Text.RegularExpressions;
using Hotline.Contracts;
using Hotline.Contracts.Intake;
using Hotline.Dispatch.Orders;
using Hotline.FollowUps.FollowUps;
using Hotline.Intake.Requests;
using Hotline.Intake.Timeline;
using Hotline.Messaging;
using Hotline.Wire;
using Hotline.Wire.Dispatch;
using Hotline.Wire.FollowUps;
using Hotline.Wire.Intake;

namespace Hotline.Decisions.Tests;

public sealed class StoryTests
{
    private static readonly string[] OrderWords = [.. Enum.GetValues<OrderStatus>().Select(s => s.ToWire())];

    [Fact]
    public void Every_event_about_a_request_is_told_or_it_is_said_why_not()
    {
        var about = EventTypes.In(typeof(RequestRegistered).Assembly).Where(t => t.GetProperty("RequestId") is not null).ToArray();
        about.ShouldAllBe(t => typeof(IAboutRequest).IsAssignableFrom(t));
        Story.Lines.Select(l => l.Event).Concat(Story.Untold.Keys).ShouldBe(about, ignoreOrder: true);
    }

    [Fact]
    public void The_story_and_requests_know_every_status_of_an_order()
    {
        Story.Lines.Select(l => l.OrderStatus).OfType<string>().ShouldBe(OrderWords, ignoreOrder: true);
        Request.ByOrder.Keys.ShouldBe(OrderWords, ignoreOrder: true);
        // what ended without service leaves the request free for another vendor, and nothing else does
        Request.ByOrder.Where(s => s.Value == RequestStatus.Registered).Select(s => s.Key)
            .ShouldBe(OrderTable.Ended.Except(["completed"]), ignoreOrder: true);
    }

    [Fact]
    public void Every_field_that_a_line_names_is_in_its_data()
    {
        foreach (var line in Story.Lines)
        {
            var said = (string text) => Regex.Matches(text, @"\{(\w+)\}").Select(m => m.Groups[1].Value).ToArray();
            said(line.En).ShouldBe(said(line.Zh), line.Kind);
            var fields = line.Event.GetProperties().Select(p => char.ToLowerInvariant(p.Name[0]) + p.Name[1..]);
            said(line.Zh).ShouldBeSubsetOf(fields, line.Kind);
        }
    }

    /// <summary>What is final is written in the state machines and, for the databases' indexes, in a migration of each service.</summary>
    [Fact]
    public void Final_statuses_of_the_databases_are_those_of_the_state_machines()
    {
        Of(typeof(OrderTable)).ShouldBe(OrderTable.Ended, ignoreOrder: true);
        Of(typeof(Request)).ShouldBe(
            Enum.GetValues<RequestStatus>().Where(s => s.IsFinal()).Select(s => s.ToWire()), ignoreOrder: true);
        Of(typeof(FollowUp)).ShouldBe(
            ((FollowUpStatus[])[FollowUpStatus.Completed, FollowUpStatus.Unreachable]).Select(s => s.ToWire()), ignoreOrder: true);
    }

    private static string[] Of(Type service)
    {
        using var reader = new StreamReader(service.Assembly.GetManifestResourceStream("0006_final_status.sql")!);
        var list = Regex.Match(reader.ReadToEnd(), @"final_status text generated always as \(case when status in \(([^)]*)\)")
            .Groups[1].Value;
        return [.. list.Split(',').Select(word => word.Trim(' ', '\''))];
    }
}

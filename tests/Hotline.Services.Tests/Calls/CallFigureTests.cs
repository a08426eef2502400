using System.Text.Json.Nodes;
using Hotline.ServiceDefaults;
using Hotline.Wire;

namespace Hotline.Services.Tests.Calls;

/// <summary>Figures of calls against a count of what was told, which shares no code with them.</summary>
public sealed class CallFigureTests(IntakeApi api) : IClassFixture<IntakeApi>
{
    private readonly Pbx _pbx = new(api);

    private sealed record Played(string Number, double Wait, double? Talk, string? Seat);

    [Fact]
    public async Task They_equal_an_independent_count()
    {
        await api.As(Roles.Operator, subject: "甲").Put("/api/seats/me", new { extension = "3001" });
        await api.As(Roles.Operator, subject: "乙").Put("/api/seats/me", new { extension = "3002" });
        var random = new Random(11);
        var played = new List<Played>();
        for (var i = 0; i < 60; i++)
        {
            var number = ((string[])["12345", "81890", "81890000"])[random.Next(3)];
            var answered = random.NextDouble() < 0.8;
            var call = new Played(number, random.Next(1, 40), answered ? random.Next(10, 100) : null,
                answered ? $"300{random.Next(1, 3)}" : null);
            played.Add(call);
            // since midnight, whatever the clock shows: they all end now
            await _pbx.Played($"figure-{i}", $"1450006{i:0000}", call.Seat, call.Wait, call.Talk ?? 0, number);
        }
        var figures = await api.Supervisor.Get("/api/calls/figures?by=number&from=2020-01-01&to=2020-01-01");
        figures["total"]!["offered"]!.GetValue<int>().ShouldBe(0);
        figures["total"]!["answerRate"].ShouldBeNull();
        var (yesterday, today) = (DateTimeOffset.UtcNow.AddDays(-1).ToLocalDay(), DateTimeOffset.UtcNow.ToLocalDay());
        figures = await api.Supervisor.Get($"/api/calls/figures?by=number&from={yesterday:yyyy-MM-dd}&to={today:yyyy-MM-dd}");
        figures.Body["rows"]!.AsArray().Count.ShouldBe(3);
        foreach (var row in figures.Body["rows"]!.AsArray())
            Equal(row!, [.. played.Where(p => p.Number == row!["key"]!.ToString())]);
        Equal(figures["total"]!, played);

        var hours = await api.Supervisor.Get($"/api/calls/figures?by=hour&from={yesterday:yyyy-MM-dd}&to={today:yyyy-MM-dd}");
        hours.Body["rows"]!.AsArray().Count.ShouldBe(24);
        hours.Body["rows"]!.AsArray().Sum(r => r!["offered"]!.GetValue<int>()).ShouldBe(60);

        var people = await api.Supervisor.Get($"/api/calls/figures?by=operator&from={yesterday:yyyy-MM-dd}&to={today:yyyy-MM-dd}");
        people.Body["rows"]!.AsArray().Sum(r => r!["answered"]!.GetValue<int>()).ShouldBe(played.Count(p => p.Talk is not null));
        (await api.Supervisor.Get("/api/calls/figures/export?by=number")).Code.ShouldBe(200);
    }

    private static void Equal(JsonNode row, IReadOnlyList<Played> of)
    {
        var answered = of.Where(p => p.Talk is not null).ToArray();
        var within = answered.Count(p => p.Wait <= 15);
        (Count("offered"), Count("answered"), Count("abandoned")).ShouldBe((of.Count, answered.Length, of.Count - answered.Length));
        // what is told is a moment later than what was meant: a call on the edge may be on either side
        Count("within").ShouldBeInRange(answered.Count(p => p.Wait < 15), within);
        Share("answerRate").ShouldBe((double)answered.Length / of.Count, 1e-9);
        Share("serviceLevelOfOffered").ShouldBe((double)Count("within") / of.Count, 1e-9);
        Share("serviceLevelOfAnswered").ShouldBe((double)Count("within") / answered.Length, 1e-9);
        Share("averageWaitSeconds").ShouldBe(of.Average(p => p.Wait), 0.1);
        Share("averageTalkSeconds").ShouldBe(answered.Average(p => p.Talk!.Value), 1);
        int Count(string field) => row[field]!.GetValue<int>();
        double Share(string field) => row[field]!.GetValue<double>();
    }

    [Fact]
    public async Task The_queue_shows_who_waits_and_on_which_number()
    {
        var call = Guid.NewGuid().ToString("N");
        var before = await api.Supervisor.Get("/api/calls/queue");
        await _pbx.Tells(_pbx.Event(call, "rang", 30, "14500070001", "12345"), _pbx.Event(call, "queued", 29, to: "12345"));
        var queue = await api.Supervisor.Get("/api/calls/queue");
        queue.Number("waiting").ShouldBe(before.Number("waiting") + 1);
        queue.Body["byNumber"]!.AsArray().Single(n => n!["number"]!.ToString() == "12345")!["waiting"]!.GetValue<int>().ShouldBe(1);
        queue["longestWaitSince"].ShouldNotBeNull();
        queue.Body.ToJsonString().ShouldNotContain("0007");
        await _pbx.Tells(_pbx.Event(call, "ended", 0, to: "12345"));
        var after = await api.Supervisor.Get("/api/calls/queue");
        (after.Number("waiting"), after.Number("missedOpen") > before.Number("missedOpen")).ShouldBe((before.Number("waiting"), true));
        (await api.Operator.Get("/api/calls/queue")).Code.ShouldBe(403);
    }

    [Fact]
    public async Task What_is_no_span_and_no_group_is_named()
    {
        (await api.Supervisor.Get("/api/calls/figures")).Faults.ShouldBe(["by"]);
        (await api.Supervisor.Get("/api/calls/figures?by=moon")).Faults.ShouldBe(["by"]);
        (await api.Supervisor.Get("/api/calls/figures?by=hour&from=2026-11-02&to=2026-11-01")).Faults.ShouldBe(["to"]);
        (await api.Supervisor.Get("/api/calls/figures?by=hour&from=2024-11-02&to=2026-11-01")).Faults.ShouldBe(["to"]);
    }
}

using Hotline.Contracts.Evaluation;
using Hotline.Contracts.Vendors;
using Hotline.Wire;

namespace Hotline.Services.Tests;

/// <summary>Who is found, what a vendor of the alliance is left with, and sanctions that begin and end at the same moment.</summary>
public sealed class RegistryFactsTests(RegistryApi api) : IClassFixture<RegistryApi>
{
    // whole minutes: PostgreSQL keeps microseconds
    private static readonly TimeOnly Now = DateTimeOffset.UtcNow.ToLocalTimeOfDay() is var at ? new(at.Hour, at.Minute) : default;

    private static object Hours(int opens, int closes) => new { opensAt = Now.AddHours(opens), closesAt = Now.AddHours(closes) };

    [Fact]
    public async Task However_many_are_closed_now_those_that_are_open_are_found()
    {
        var open = await api.A_member("开着的店", category: "pest.cockroach-rodent", hours: Hours(-1, 1));
        var closed = await Task.WhenAll(Enumerable.Range(0, 60)
            .Select(_ => api.A_member("关着的店", category: "pest.cockroach-rodent", hours: Hours(1, 2))));
        // by score, all that are closed come before the one that is open
        foreach (var (id, score) in closed.Select(id => (id, 99.0)).Append((open, 10.0))) await Score(id, score);
        await Wait.Until(async () => await api.Count("vendor_scores "
            + $"where vendor_id = any('{{{string.Join(',', closed.Append(open))}}}')") == 61, "all scores");
        (await Match("pest.cockroach-rodent", 5)).ShouldBe([open]);
    }

    [Fact]
    public async Task However_many_newcomers_there_are_proven_vendors_are_found_and_newcomers_beside_them()
    {
        var newcomers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => api.A_member("新店", category: "pest.wasp")));
        var proven = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => api.A_member("老店", category: "pest.wasp")));
        foreach (var id in proven) await Score(id, 60);
        await Wait.Until(async () => await api.Count($"vendor_scores where vendor_id = any('{{{string.Join(',', proven)}}}')") == 3,
            "all scores");
        var found = await Match("pest.wasp", 6);
        found.Intersect(proven).Count().ShouldBe(3);
        found.Intersect(newcomers).Count().ShouldBe(3);
    }

    [Fact]
    public async Task Matching_takes_hours_as_dispatch_does()
    {
        (TimeOnly Opens, TimeOnly Closes)[] hours = [.. from opens in Enumerable.Range(0, 8) from closes in Enumerable.Range(0,
            8) select (Now.AddHours(3 * opens - 1), Now.AddHours(3 * closes - 1))];
        var vendors = await Task.WhenAll(
            hours.Select(h => api.A_member(category: "life.laundry", hours: new { opensAt = h.Opens, closesAt = h.Closes })));
        var at = DateTimeOffset.UtcNow.ToLocalTimeOfDay();
        (await Match("life.laundry", 50)).Order()
            .ShouldBe(vendors.Where((_, i) => OpeningHours.Include(hours[i].Opens, hours[i].Closes, at)).Order());
    }

    [Fact]
    public async Task A_sanction_that_is_lifted_at_the_moment_at_which_it_is_imposed_never_sticks()
    {
        var vendors = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => api.A_member(category: "locks.safe-lock")));
        var messages = new List<Guid>();
        Guid Message()
        {
            messages.Add(Guid.CreateVersion7());
            return messages[^1];
        }
        for (var round = 0; round < 15; round++)
        {
            var sanctions = vendors.Select(vendor => (Vendor: vendor, Id: Guid.CreateVersion7(), Message(), Message())).ToArray();
            await Task.WhenAll(sanctions.SelectMany(s => (Task[])[
                api.Probe.Tell(new SanctionImposed(s.Id, s.Vendor, "suspension", "投诉", null, "sup", DateTimeOffset.UtcNow), s.Item3),
                api.Probe.Tell(new SanctionLifted(s.Id, s.Vendor, "suspension", "误报", "sup", DateTimeOffset.UtcNow), s.Item4)]));
        }
        await Wait.Until(async () => await api.Count($"inbox where message_id = any('{{{string.Join(',', messages)}}}')") == messages.Count,
            "all news of sanctions");
        foreach (var vendor in vendors) (await api.Supervisor.Get($"/api/vendors/{vendor}")).Text("standing").ShouldBe("active");
    }

    [Theory]
    [InlineData("""{"services":[]}""", "services")]
    [InlineData("""{"coverage":[]}""", "coverage")]
    [InlineData("""{"contractUntil":"2020-12-31","contractFrom":"2020-01-01"}""", "contractUntil")]
    [InlineData("""{"contractUntil":"2099-01-01"}""", "contractUntil")]
    public async Task A_vendor_of_the_alliance_keeps_what_it_needs(string patch, string fault)
    {
        var id = await api.A_member(category: "house.carpentry");
        var refused = await api.Supervisor.Patch($"/api/vendors/{id}", System.Text.Json.Nodes.JsonNode.Parse(patch)!);
        (refused.Code, string.Join(" ", refused.Faults)).ShouldBe((400, fault), refused.ToString());
        (await api.Supervisor.Get($"/api/vendors/{id}")).Text("version").ShouldBe("2");
    }

    [Theory]
    [InlineData("""{"contractFrom":"2020-01-01"}""", "contractUntil")]
    [InlineData("""{"contractFrom":"2098-01-01"}""", "contractFrom")]
    public async Task A_contract_that_is_over_or_far_away_is_no_contract(string body, string fault)
    {
        var applied = (await api.Supervisor.Post("/api/vendors", RegistryApi.Application())).Id;
        var refused = await api.Supervisor.Raw($"/api/vendors/{applied}/approve", body);
        (refused.Code, string.Join(" ", refused.Faults)).ShouldBe((400, fault), refused.ToString());
        (await api.Supervisor.Get($"/api/vendors/{applied}")).Text("admission").ShouldBe("applied");
    }

    [Fact]
    public async Task A_change_that_changes_nothing_makes_no_version_and_is_not_told()
    {
        var id = await api.A_member(category: "house.drilling");
        var before = await api.Supervisor.Get($"/api/vendors/{id}");
        var answers = new[]
        {
            await api.Supervisor.Patch($"/api/vendors/{id}", new { }),
            await api.Supervisor.Patch($"/api/vendors/{id}",
                new { name = before.Text("name"), services = before.Body["services"], coverage = before.Body["coverage"] }),
        };
        answers.ShouldAllBe(a => a.Code == 200 && a.ETag == before.ETag);
        (await api.Supervisor.Patch($"/api/vendors/{id}", new { name = "改名店" })).ETag.ShouldBe("\"3\"");
        await api.Probe.Hears<VendorProfileChanged>(v => v.VendorId == id);
        api.Probe.Heard<VendorProfileChanged>().Count(v => v.VendorId == id).ShouldBe(1);
    }

    [Fact]
    public async Task A_vendor_of_whom_an_earlier_release_told_is_told_of_again_once_with_what_it_left_out()
    {
        var id = await api.A_member(category: "house.renovation", area: "330381101", hours: Hours(-1, 1));
        (await api.Scalar<int>($"with earlier as (update vendors set told = false where id = '{id}' returning 1) select count(*)::int "
            + "from earlier")).ShouldBe(1);
        var told = await api.Probe.Hears<VendorProfileChanged>(v => v.VendorId == id);
        (told.Version, told.Services!.Single(), told.Coverage!.Single(), told.OpensAt)
            .ShouldBe((2, "house.renovation", "330381101", Now.AddHours(-1)));
        (await api.Count($"vendors where id = '{id}' and told and version = 2")).ShouldBe(1);
    }

    private Task Score(Guid vendor, double score) => api.Probe.Tell(new ScoreChanged(vendor, 1, score, 4, 0.9, 5, DateTimeOffset.UtcNow));

    private async Task<Guid[]> Match(string category, int limit) =>
        [.. (await api.Operator.Get($"/api/vendors/match?category={category}&area=330381001&limit={limit}")).Items
            .Select(i => Guid.Parse(i["vendorId"]!.ToString()))];
}

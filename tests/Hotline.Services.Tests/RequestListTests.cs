using System.Text.Json.Nodes;
using Dapper;
using Hotline.Intake.Requests;
using Hotline.ServiceDefaults;
using Hotline.Wire.Intake;
using Microsoft.Extensions.DependencyInjection;

namespace Hotline.Services.Tests;

/// <summary>Among 200,000 requests of two years, each filter of the list reads a few rows along an index, whether what it asks for is
/// common, rare or not there.</summary>
public sealed class RequestListTests(CrowdedIntake api) : IClassFixture<CrowdedIntake>
{
    private const int MostRead = 10_000;

    private static readonly PageRequest FirstPage = new(50, null);
    private static readonly RequestFilter Everything = new(null, null, null, null, null, null, null, null);
    private readonly RequestWords _words = api.Services.GetRequiredService<RequestWords>();

    [Theory]
    [InlineData("RA-20260101-000777")]
    [InlineData("RA-20991231-000777")]
    [InlineData("199777")] // the end of one number
    [InlineData("瑞安")] // in every address
    [InlineData("稀罕")] // in one description
    [InlineData("从没说过的话")]
    [InlineData("稀罕 瑞安")]
    public async Task Words_are_found_along_an_index(string words) =>
        await IsReadAlongAnIndex(Everything with { Words = _words.Asked(words, "0577") });

    [Theory]
    [InlineData("unfulfilled")] // one in 20,000
    [InlineData("cancelled")]
    [InlineData("closed")]
    [InlineData("registered")]
    [InlineData("completed")]
    public async Task A_status_is_found_along_an_index(string status) => await IsReadAlongAnIndex(Everything with { Status = status });

    [Theory]
    [InlineData("drains.unclog-drain")] // half of all
    [InlineData("life.legal")] // one in 10,000
    [InlineData("pest.wasp")] // none
    [InlineData("other")]
    public async Task A_category_is_found_along_an_index(string category) =>
        await IsReadAlongAnIndex(Everything with { Categories = [category] });

    [Theory]
    [InlineData("330381001")]
    [InlineData("330381222")]
    public async Task An_area_is_found_along_an_index(string area) => await IsReadAlongAnIndex(Everything with { AreaCode = area });

    [Fact]
    public async Task A_phone_is_found_along_an_index() =>
        await IsReadAlongAnIndex(Everything with { PhoneHash = api.Services.GetRequiredService<PhoneHash>().Of("13800000000") });

    [Fact]
    public async Task A_day_is_found_along_an_index() =>
        await IsReadAlongAnIndex(Everything with { From = CrowdedIntake.Start.AddDays(30), To = CrowdedIntake.Start.AddDays(31) });

    [Theory]
    [InlineData("urgent")] // none
    [InlineData("normal")]
    public async Task An_urgency_is_found_along_an_index(string urgency) => await IsReadAlongAnIndex(Everything with { Urgency = urgency });

    [Theory]
    [InlineData(RequestSort.Oldest, null)]
    [InlineData(RequestSort.Oldest, "closed")]
    [InlineData(RequestSort.Waiting, null)]
    [InlineData(RequestSort.Waiting, "registered")]
    public async Task An_order_is_read_along_an_index(RequestSort sort, string? status)
    {
        await IsReadAlongAnIndex(Everything with { Sort = sort, Status = status });
        await IsReadAlongAnIndex(Everything with { Sort = sort, Status = status }, new(50, CrowdedIntake.Some.ToString()));
    }

    [Fact]
    public async Task A_total_reads_no_further_than_it_counts()
    {
        foreach (var filter in (RequestFilter[])[
            Everything, Everything with { Status = "closed" }, Everything with { Status = "unfulfilled" },
            Everything with { Words = _words.Asked("瑞安", "0577") }, Everything with { Words = _words.Asked("稀罕", "0577") }])
            await IsReadAlongAnIndex(RequestStore.CountQuery(filter, 10_001), 6 * MostRead);
    }

    [Fact]
    public async Task More_rows_than_a_file_takes_are_refused_before_its_first_byte()
    {
        foreach (var filters in (string[])["", "?q=" + Uri.EscapeDataString("瑞安")])
        {
            var refused = await api.Supervisor.Get($"/api/intake/requests/export{filters}");
            (refused.Code, refused.Text("code")).ShouldBe((400, "export.too-many-rows"), refused.ToString());
            refused.Text("title").ShouldContain("100,000");
        }
    }

    private Task IsReadAlongAnIndex(RequestFilter filter, PageRequest? page = null) =>
        IsReadAlongAnIndex(RequestStore.Query(filter, page ?? FirstPage), MostRead);

    private async Task IsReadAlongAnIndex((string Sql, object Values) query, int most)
    {
        // as it is planned for these values, and as it is planned once for all values
        foreach (var mode in (string[])["force_custom_plan", "force_generic_plan"])
        {
            var plan = await Explain(query.Sql, query.Values, mode);
            Read(plan).ShouldBeLessThan(most, $"{mode}: {plan}");
        }
    }

    private async Task<JsonNode> Explain(string sql, object values, string mode)
    {
        await using var connection = await api.Database.OpenConnectionAsync();
        await connection.ExecuteAsync($"set plan_cache_mode = {mode}");
        try { return JsonNode.Parse(await connection.QuerySingleAsync<string>($"explain (analyze, format json) {sql}", values))!; }
        finally { await connection.ExecuteAsync("reset plan_cache_mode"); }
    }

    // rows that each step looked at, those that were thrown away too; an index's entries are no rows
    private static double Read(JsonNode? node) => node switch
    {
        JsonArray array => array.Sum(Read),
        JsonObject o => o.Sum(field => Read(field.Value)) + (o["Node Type"] is not { } type || type.ToString() == "Bitmap Index Scan" ? 0
            : Of(o, "Actual Rows") + Of(o, "Rows Removed by Filter") + Of(o, "Rows Removed by Index Recheck")),
        _ => 0,
    };

    private static double Of(JsonObject node, string field) => node[field] is { } value
        ? value.GetValue<double>() * (node["Actual Loops"]?.GetValue<double>() ?? 1) : 0;
}

/// <summary>Intake with 200,000 requests of the past two years.</summary>
public sealed class CrowdedIntake : IntakeApi, IAsyncLifetime
{
    public static readonly DateTimeOffset Start = new(2024, 12, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The id of one of the newest of them, which is unfinished.</summary>
    public static Guid Some { get; private set; }

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        var words = Services.GetRequiredService<RequestWords>();
        int[] Hashes(string text) => words.Asked(text, "0577")!.Hashes;
        await using var connection = await Database.OpenConnectionAsync();
        // the index of words is built afterwards, in one go
        await connection.ExecuteAsync("""
            drop index request_words_words;
            insert into requests (id, number, status, channel, dialled_number, citizen, phone_hash, area_code, category_code, description,
                urgency, registered_by, registered_at, version, has_words, words_release)
            select (lpad(to_hex((extract(epoch from @Start) * 1000)::bigint + n * 300000::bigint), 12, '0') || '7000'
                || lpad(to_hex(n), 16, '8'))::uuid, 'RA-20260101-' || lpad(n::text, 6, '0'),
                case when n % 20000 = 0 then 'unfulfilled' when n % 10 = 0 then 'cancelled' when n > 199900 then 'registered'
                    when n > 199800 then 'completed' else 'closed' end,
                'phone', '12345', null, sha256(int4send(n)), case when n % 20000 = 7 then '330381222' else '330381'
                    || lpad((1 + n % 5)::text, 3, '0') end,
                case when n % 10000 = 3 then 'life.legal' when n % 2 = 0 then 'drains.unclog-drain' else 'locks.open-lock' end,
                '', 'normal', 'operator', @Start + n * interval '5 minutes', 1, true, 1
            from generate_series(1, 200000) n;
            insert into request_words (request_id, words)
            select id, @common || case when n = 100 then @rare else '{}' end
                || (select array_agg(hashint4(n * 31 + k)) from generate_series(1, 25) k) || hashint4(n)
                || case when n = 199777 then @tail else '{}' end
            from requests, lateral (select right(number, 6)::int as n) as nth;
            create index request_words_words on request_words using gin (words);
            """, new { Start, common = Hashes("瑞安"), rare = Hashes("稀罕"), tail = Hashes("199777") }, commandTimeout: 300);
        Some = await connection.QuerySingleAsync<Guid>("select id from requests where number = 'RA-20260101-199950'");
        await connection.ExecuteAsync("vacuum analyze requests, request_words", commandTimeout: 300);
    }
}

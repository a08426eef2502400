using System.Security.Cryptography;
using Npgsql;

namespace Hotline.Intake.Requests;

/// <summary>Gives requests that an older release registered the hashes of this one, newest first; only this process has the key for it. An
/// hourly look finds what a replica of an older release added since.</summary>
public sealed class WordsFill(NpgsqlDataSource database, PersonalData personal, RequestWords words, ILogger<WordsFill> log)
    : Clock(TimeSpan.FromHours(1), log)
{
    private const int AtOnce = 200;

    private sealed record Row(Guid Id, string Number, string? Citizen, string AreaCode, string CategoryCode, string Description);

    protected override async Task Tick(CancellationToken stop)
    {
        while (await Fill(stop) > 0) { }
    }

    private async Task<int> Fill(CancellationToken stop)
    {
        var rows = await database.Many<Row>($"""
            select id, number, citizen, area_code, category_code, description from requests where words_release < {RequestWords.Release}
            order by id desc limit @AtOnce
            """, new { AtOnce }, stop);
        if (rows.Count == 0) return 0;
        await using var batch = database.CreateBatch();
        foreach (var row in rows)
        {
            // the citizen may be erased at this very moment: then the words go with them
            batch.BatchCommands.Add(new($"""
                with old as (update requests set has_words = true, words_release = {RequestWords.Release}
                    where id = $1 and words_release < {RequestWords.Release} returning id, citizen)
                insert into request_words (request_id, words) select id, case when citizen is null then $2 else $3 end from old
                on conflict (request_id) do update set words = excluded.words
                """)
            {
                Parameters = { new() { Value = row.Id }, new() { Value = words.OfNumber(row.Number) }, new() { Value = Of(row) } },
            });
        }
        await batch.ExecuteNonQueryAsync(stop);
        Log.LogInformation("{Count} older requests can be found by words", rows.Count);
        return rows.Count;
    }

    private int[] Of(Row row)
    {
        if (row.Citizen is null) return words.OfNumber(row.Number);
        try
        {
            return words.Of(row.Number, personal.Open(row.Citizen), row.AreaCode, row.CategoryCode, row.Description);
        }
        catch (CryptographicException e)
        {
            Log.LogWarning(e, "Request {Number} is sealed with a key that is not here: it is found by its number only", row.Number);
            return words.OfNumber(row.Number);
        }
    }
}

using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Hotline.Intake.Calls;

/// <summary>Forgets what telephone systems told once nobody counts again, and calls when their citizens' data would be.</summary>
public sealed class CallRetention(
    NpgsqlDataSource database, IOptions<CallOptions> calls, IOptions<PersonalDataOptions> personal, TimeProvider clock,
    ILogger<CallRetention> log) : Hotline.Messaging.Clock(TimeSpan.FromMinutes(10), log)
{
    private const int AtOnce = 5000;

    protected override Task Tick(CancellationToken stop) => Forget(stop);

    public async Task Forget(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var (told, kept) = (now - calls.Value.EventsKeptFor, now - personal.Value.KeptFor);
        await Delete("call_events where ctid = any(array(select ctid from call_events where received_at < @before limit @AtOnce))",
            told > kept ? told : kept, stop);
        await Delete("calls where id = any(array(select id from calls where rang_at < @before limit @AtOnce))", kept, stop);
        await Delete("seat_spells where id = any(array(select id from seat_spells where from_at < @before limit @AtOnce))", kept, stop);
    }

    private async Task Delete(string which, DateTimeOffset before, CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        while (await connection.ExecuteAsync(new CommandDefinition($"delete from {which}", new { before, AtOnce },
            cancellationToken: stop)) == AtOnce) { }
    }
}

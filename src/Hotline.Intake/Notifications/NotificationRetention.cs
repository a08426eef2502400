using Dapper;
using Npgsql;

namespace Hotline.Intake.Notifications;

/// <summary>Forgets notifications after 30 days, read or not.</summary>
public sealed class NotificationRetention(NpgsqlDataSource database, TimeProvider clock, ILogger<NotificationRetention> log)
    : Hotline.Messaging.Clock(TimeSpan.FromHours(1), log)
{
    private const int AtOnce = 5000;

    protected override Task Tick(CancellationToken stop) => Forget(stop);

    public async Task Forget(CancellationToken stop)
    {
        var oldest = Guid.CreateVersion7(clock.GetUtcNow().AddDays(-30)); // a notification's id begins with its time
        await using var connection = await database.OpenConnectionAsync(stop);
        while (await connection.ExecuteAsync(new CommandDefinition("""
            delete from notifications
            where id = any(array(select id from notifications where id < @oldest order by id limit @AtOnce))
            """, new { oldest, AtOnce }, cancellationToken: stop)) == AtOnce) { }
    }
}

using Npgsql;

namespace Hotline.Intake.Calls.Missed;

public sealed class MissedStore(NpgsqlDataSource database, Work work)
{
    private const string Select = """
        select m.id, m.call_id, m.first_at, m.last_at, m.times, m.status, m.claimed_by_id, m.claimed_by, m.claimed_at, m.outcome,
            m.done_by, m.done_at, m.version, c.numbers, c.dialled_number
        from missed_calls m join calls c on c.id = m.call_id
        """;

    public Task<MissedCall?> Find(Guid id, CancellationToken stop) =>
        database.One<MissedCall>($"{Select} where m.id = @id", new { id }, stop);

    /// <summary>Oldest first.</summary>
    /// <param name="status">Null = all.</param>
    public Task<IReadOnlyList<MissedCall>> List(string? status, PageRequest page, CancellationToken stop) => database.Many<MissedCall>($"""
        {Select} where {(status is null ? "true" : "m.status = @status")}
            {(page.AfterId is null ? "" : "and (m.first_at, m.id) > (select first_at, id from missed_calls where id = @after)")}
        order by m.first_at, m.id limit @take
        """, new { status, after = page.AfterId, take = page.Limit + 1 }, stop);

    public Task<int> Count(string? status, int most, CancellationToken stop) => database.Count(
        $"from missed_calls m where {(status is null ? "true" : "m.status = @status")}", new { status, most }, stop);

    public void Save(Decision<MissedCall> decision, int readAt)
    {
        var missed = decision.State;
        if (missed.Version == readAt) return;
        work.WriteOne("""
            update missed_calls set status = @Status, claimed_by_id = @ClaimedById, claimed_by = @ClaimedBy, claimed_at = @ClaimedAt,
                outcome = @Outcome, done_by = @DoneBy, done_at = @DoneAt, version = @Version
            where id = @Id and version = @readAt
            """, new
        {
            missed.Id,
            Status = missed.Status.ToWire(),
            missed.ClaimedById,
            missed.ClaimedBy,
            missed.ClaimedAt,
            Outcome = missed.Outcome?.ToWire(),
            missed.DoneBy,
            missed.DoneAt,
            missed.Version,
            readAt,
        });
    }

    /// <summary>What calls, kept before in the same commit, say of whom we owe a call: who hung up, in which order whatever was
    /// told came; who tried again and got through is owed none.</summary>
    /// <param name="phones">Hashes of the callers that something was told of.</param>
    public void Follow(byte[][] phones, DateTimeOffset now)
    {
        if (phones.Length == 0) return;
        var values = new { phones, since = now.AddDays(-8) };
        work.Write("""
            insert into missed_calls as m (id, day, phone_hash, call_id, first_at, last_at, times, status, version)
            select gen_random_uuid(), (rang_at at time zone 'Asia/Shanghai')::date, phone_hash, (array_agg(id order by ended_at desc))[1],
                min(ended_at), max(ended_at), count(*), 'open', 1
            from calls where phone_hash = any(@phones) and outcome = 'abandoned' and direction = 'in' and rang_at >= @since
            group by 2, 3
            on conflict (day, phone_hash) do update set call_id = excluded.call_id, first_at = excluded.first_at,
                last_at = excluded.last_at, times = excluded.times, version = m.version + 1,
                status = case when m.status in ('done', 'answered') and excluded.last_at > m.done_at then 'open' else m.status end
            where (m.last_at, m.times) is distinct from (excluded.last_at, excluded.times)
            """, values);
        work.Write("""
            update missed_calls m set status = 'answered', done_at = got.at, version = version + 1
            from (select m.id, max(c.answered_at) as at
                from missed_calls m join calls c on c.phone_hash = m.phone_hash and c.answered_at > m.last_at
                where m.phone_hash = any(@phones) and m.status in ('open', 'claimed') and m.last_at >= @since
                group by m.id) got
            where m.id = got.id
            """, values);
        work.Write("""
            delete from missed_calls m
            where m.phone_hash = any(@phones) and m.last_at >= @since and m.status in ('open', 'claimed')
                and not exists (select from calls c where c.phone_hash = m.phone_hash and c.outcome = 'abandoned'
                    and (c.rang_at at time zone 'Asia/Shanghai')::date = m.day)
            """, values);
    }
}

using Npgsql;

namespace Hotline.Intake.Calls;

/// <summary>What a list of calls is narrowed to.</summary>
/// <param name="Person">Whose calls.</param>
public sealed record CallFilter(
    bool? Active, string? Person, DateTimeOffset? From, DateTimeOffset? To, byte[]? PhoneHash, string? Number, string? Outcome,
    Guid? RequestId);

/// <summary>A request that came of a call.</summary>
public sealed record CallRequest(Guid CallId, Guid RequestId);

/// <summary>A leg as it is kept.</summary>
public sealed record KeptLeg
{
    public Guid CallId { get; init; }
    public string Seat { get; init; } = "";
    public string? OperatorId { get; init; }
    public string? Operator { get; init; }
    public DateTimeOffset? OfferedAt { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
}

public sealed class CallStore(NpgsqlDataSource database, Work work)
{
    private const string Columns = """
        id, pbx, linked_id, direction, numbers, phone_hash, dialled_number, state, outcome, queue, rang_at, queued_at, answered_at,
        ended_at, seat, operator_id, operator, wait_seconds, talk_seconds, recording, kind, note, disposed_by, disposed_at, version
        """;

    private const string EventColumns =
        "pbx, event_id, linked_id, call_id, type, at, direction, numbers, queue, seat, position, cause, recording";

    public Task<Call?> Find(Guid id, CancellationToken stop) =>
        database.One<Call>($"select {Columns} from calls where id = @id", new { id }, stop);

    public Task<IReadOnlyList<Call>> Linked(string pbx, string[] linkedIds, CancellationToken stop) =>
        database.Many<Call>($"select {Columns} from calls where pbx = @pbx and linked_id = any(@linkedIds)", new { pbx, linkedIds }, stop);

    public Task<IReadOnlyList<CallEvent>> Events(string pbx, string[] linkedIds, CancellationToken stop) => database.Many<CallEvent>(
        $"select {EventColumns} from call_events where pbx = @pbx and linked_id = any(@linkedIds)", new { pbx, linkedIds }, stop);

    public Task<IReadOnlyList<string>> KnownEvents(string pbx, string[] ids, CancellationToken stop) => database.Many<string>(
        "select event_id from call_events where pbx = @pbx and event_id = any(@ids)", new { pbx, ids }, stop);

    /// <summary>Of which call a part is that was told before; of one that was not, its own.</summary>
    public async Task<string> LinkedIdOf(string pbx, string callId, CancellationToken stop) => await database.One<string>(
        "select linked_id from call_events where pbx = @pbx and call_id = @callId order by received_at limit 1", new { pbx, callId }, stop)
        ?? callId;

    /// <summary>Legs of calls, in the order in which they began.</summary>
    public async Task<ILookup<Guid, KeptLeg>> Legs(IEnumerable<Call> calls, CancellationToken stop) => (await database.Many<KeptLeg>("""
        select call_id, seat, operator_id, operator, offered_at, answered_at, ended_at from call_legs where call_id = any(@ids)
        order by call_id, n
        """, new { ids = calls.Select(c => c.Id).ToArray() }, stop)).ToLookup(l => l.CallId);

    public async Task<ILookup<Guid, Guid>> Requests(IEnumerable<Call> calls, CancellationToken stop) => (await database.Many<CallRequest>(
        "select call_id, request_id from call_requests where call_id = any(@ids) order by at, request_id",
        new { ids = calls.Select(c => c.Id).ToArray() }, stop)).ToLookup(r => r.CallId, r => r.RequestId);

    /// <summary>Newest first.</summary>
    public Task<IReadOnlyList<Call>> List(CallFilter filter, PageRequest page, CancellationToken stop) => database.Many<Call>($"""
        select {Columns} from calls where {Conditions(filter)}{(page.AfterId is null ? "" : " and id < @after")}
        order by id desc limit @take
        """, Values(filter, page), stop);

    /// <summary>How many there are, counted no further than to the most.</summary>
    public Task<int> Count(CallFilter filter, int most, CancellationToken stop) => database.One<int>(
        $"select count(*)::int from (select 1 from calls where {Conditions(filter)} limit {most}) as found", Values(filter, null), stop);

    /// <summary>Keeps events that are not there yet; if another process keeps one at this moment, all is read anew.</summary>
    public void Add(IReadOnlyList<CallEvent> events, DateTimeOffset receivedAt)
    {
        string?[] Each(Func<CallEvent, string?> value) => [.. events.Select(value)];
        work.Write($"""
            with hit as (insert into call_events ({EventColumns}, received_at)
                select e.*, @receivedAt
                from unnest(@Pbx, @EventId, @LinkedId, @CallId, @Type, @At, @Direction, @Numbers, @Queue, @Seat, @Position, @Cause,
                    @Recording)
                    as e on conflict do nothing returning 1)
            select exactly_one(count(*) - @others) from hit
            """, new
        {
            receivedAt,
            others = events.Count - 1,
            Pbx = Each(e => e.Pbx),
            EventId = Each(e => e.EventId),
            LinkedId = Each(e => e.LinkedId),
            CallId = Each(e => e.CallId),
            Type = Each(e => e.Type.ToWire()),
            At = events.Select(e => e.At).ToArray(),
            Direction = Each(e => e.Direction?.ToWire()),
            Numbers = Each(e => e.Numbers),
            Queue = Each(e => e.Queue),
            Seat = Each(e => e.Seat),
            Position = events.Select(e => e.Position).ToArray(),
            Cause = Each(e => e.Cause),
            Recording = Each(e => e.Recording),
        });
    }

    /// <summary>Keeps a call as it is after a change.</summary>
    /// <param name="readAt">Its version before; 0 = it is new.</param>
    public void Save(Call call, int readAt)
    {
        var values = new
        {
            call.Id,
            call.Pbx,
            call.LinkedId,
            Direction = call.Direction.ToWire(),
            call.Numbers,
            call.PhoneHash,
            call.DialledNumber,
            State = call.State.ToWire(),
            Outcome = call.Outcome?.ToWire(),
            call.Queue,
            call.RangAt,
            call.QueuedAt,
            call.AnsweredAt,
            call.EndedAt,
            call.Seat,
            call.OperatorId,
            call.Operator,
            call.WaitSeconds,
            call.TalkSeconds,
            call.Recording,
            Kind = call.Kind?.ToWire(),
            call.Note,
            call.DisposedBy,
            call.DisposedAt,
            call.Version,
            readAt,
        };
        work.WriteOne(readAt == 0 ? $"""
            insert into calls ({Columns}) values (@Id, @Pbx, @LinkedId, @Direction, @Numbers, @PhoneHash, @DialledNumber, @State,
                @Outcome, @Queue, @RangAt, @QueuedAt, @AnsweredAt, @EndedAt, @Seat, @OperatorId, @Operator, @WaitSeconds, @TalkSeconds,
                @Recording, @Kind, @Note, @DisposedBy, @DisposedAt, @Version + 0 * @readAt)
            on conflict do nothing
            """ : """
            update calls set direction = @Direction, numbers = @Numbers, phone_hash = @PhoneHash, dialled_number = @DialledNumber,
                state = @State, outcome = @Outcome, queue = @Queue, rang_at = @RangAt, queued_at = @QueuedAt, answered_at = @AnsweredAt,
                ended_at = @EndedAt, seat = @Seat, operator_id = @OperatorId, operator = @Operator, wait_seconds = @WaitSeconds,
                talk_seconds = @TalkSeconds, recording = @Recording, kind = @Kind, note = @Note, disposed_by = @DisposedBy,
                disposed_at = @DisposedAt, version = @Version
            where id = @Id and version = @readAt
            """, values);
    }

    /// <summary>Keeps the legs of a call instead of those kept before.</summary>
    public void SaveLegs(Call call, IReadOnlyList<CallLeg> legs, Func<CallLeg, SeatHolder?> holder)
    {
        work.Write("delete from call_legs where call_id = @Id and n > @kept", new { call.Id, kept = legs.Count });
        if (legs.Count == 0) return;
        var holders = legs.Select(holder).ToArray();
        work.Write("""
            insert into call_legs (call_id, n, seat, operator_id, operator, offered_at, answered_at, ended_at, held, counted, no_answer)
            select @Id, l.n, l.seat, l.person, l.name, l.offered, l.answered, l.ended, l.held, l.counted, l.no_answer
            from unnest(@Seat, @Person, @Name, @Offered, @Answered, @Ended, @Held, @Counted, @NoAnswer) with ordinality
                as l (seat, person, name, offered, answered, ended, held, counted, no_answer, n)
            on conflict (call_id, n) do update set seat = excluded.seat, operator_id = excluded.operator_id, operator = excluded.operator,
                offered_at = excluded.offered_at, answered_at = excluded.answered_at, ended_at = excluded.ended_at, held = excluded.held,
                counted = excluded.counted, no_answer = excluded.no_answer
            """, new
        {
            call.Id,
            Seat = legs.Select(l => l.Seat).ToArray(),
            Person = holders.Select(h => h?.Person).ToArray(),
            Name = holders.Select(h => h?.Name).ToArray(),
            Offered = legs.Select(l => l.OfferedAt).ToArray(),
            Answered = legs.Select(l => l.AnsweredAt).ToArray(),
            Ended = legs.Select(l => l.EndedAt).ToArray(),
            Held = legs.Select(l => l.Held).ToArray(),
            Counted = legs.Select(l => l.Counted).ToArray(),
            NoAnswer = legs.Select(l => l.NoAnswer).ToArray(),
        });
    }

    public void Link(Guid call, Guid request, string by, DateTimeOffset now) => work.Write("""
        insert into call_requests (call_id, request_id, by, at) values (@call, @request, @by, @now) on conflict do nothing
        """, new { call, request, by, now });

    /// <summary>Who called is forgotten with the request that came of it.</summary>
    public void Erase(Guid request)
    {
        work.Write("delete from missed_calls where call_id in (select call_id from call_requests where request_id = @request)",
            new { request });
        work.Write("""
            with erased as (
                update calls set numbers = null, phone_hash = null, note = null
                where id in (select call_id from call_requests where request_id = @request)
                returning pbx, linked_id)
            update call_events e set numbers = null from erased where e.pbx = erased.pbx and e.linked_id = erased.linked_id
            """, new { request });
    }

    private static string Conditions(CallFilter filter)
    {
        var conditions = new List<string> { "true" };
        if (filter.Active is { } active) conditions.Add($"state {(active ? "<>" : "=")} 'ended'");
        if (filter.Person is not null) conditions.Add("operator_id = @Person");
        if (filter.From is not null) conditions.Add("rang_at >= @From");
        if (filter.To is not null) conditions.Add("rang_at < @To");
        if (filter.PhoneHash is not null) conditions.Add("phone_hash = @PhoneHash");
        if (filter.Number is not null) conditions.Add("dialled_number = @Number");
        if (filter.Outcome is not null) conditions.Add("outcome = @Outcome");
        if (filter.RequestId is not null) conditions.Add("id in (select call_id from call_requests where request_id = @RequestId)");
        return string.Join(" and ", conditions);
    }

    private static object Values(CallFilter filter, PageRequest? page) => new
    {
        filter.Person,
        filter.From,
        filter.To,
        filter.PhoneHash,
        filter.Number,
        filter.Outcome,
        filter.RequestId,
        after = page?.AfterId,
        take = page?.Limit + 1,
    };
}

using Hotline.Wire.Calls;
using Npgsql;

namespace Hotline.Intake.Calls.Figures;

/// <summary>What was counted of calls, or of a seat's part of them.</summary>
public sealed record CallCount
{
    public string? Key { get; init; }
    public int Offered { get; init; }
    public int Answered { get; init; }
    public int Within { get; init; }
    public int NotTaken { get; init; }
    public double Waited { get; init; }
    public double? Longest { get; init; }
    public double? Talk { get; init; }
    public double? WrapUp { get; init; }

    /// <summary>Seconds that the seat was ready, rang, spoke or wrote down; none of calls.</summary>
    public double? AtWork { get; init; }
    public double? Speaking { get; init; }

    /// <summary>With its shares.</summary>
    public CallFigureRow Row(string name) => new(
        Key ?? "", name, Offered, Answered, Offered - Answered, Within, NotTaken, Share(Within, Offered), Share(Within, Answered),
        Share(Answered, Offered), Share(Waited, Offered), Longest is { } longest ? (int)longest : null, Talk, WrapUp,
        AtWork is > 0 ? (Speaking + WrapUp) / AtWork : null);

    private static double? Share(double part, int of) => of == 0 ? null : part / of;
}

/// <summary>Counts calls. Offered are calls that came in and that a person answered or whose callers hung up before.</summary>
public sealed class CallCounts(NpgsqlDataSource database)
{
    /// <summary>GB/T 33358-2016: answered within 15 s.</summary>
    public const int WithinSeconds = 15;

    // what nobody was to answer is told beside
    private const string Answered = "answered_at is not null", Abandoned = "answered_at is null and outcome = 'abandoned'",
        Waited = "extract(epoch from coalesce(answered_at, ended_at) - coalesce(queued_at, rang_at))";

    private static readonly string Sums = $"""
        (count(*) filter (where {Answered} or {Abandoned}))::int as offered, (count(*) filter (where {Answered}))::int as answered,
        (count(*) filter (where {Answered} and {Waited} <= {WithinSeconds}))::int as within,
        (count(*) filter (where answered_at is null and outcome in ('busy', 'failed', 'lost')))::int as not_taken,
        coalesce(sum({Waited}) filter (where {Answered} or {Abandoned}), 0)::float8 as waited,
        (max({Waited}) filter (where {Answered} or {Abandoned}))::float8 as longest,
        (avg(talk_seconds) filter (where {Answered} and talk_seconds is not null))::float8 as talk
        """;

    private const string CameIn = "direction = 'in' and rang_at >= @from and rang_at < @to";

    /// <summary>By number, or by hour of the city's clock.</summary>
    public Task<IReadOnlyList<CallCount>> Calls(CallFigureGroup by, DateTimeOffset from, DateTimeOffset to, CancellationToken stop)
    {
        var key = by is CallFigureGroup.Hour ? "to_char(rang_at at time zone 'Asia/Shanghai', 'HH24')" : "dialled_number";
        return database.Many<CallCount>($"select {key} as key, {Sums} from calls where {CameIn} group by 1", new { from, to }, stop);
    }

    /// <summary>All together.</summary>
    public async Task<CallCount> Total(DateTimeOffset from, DateTimeOffset to, CancellationToken stop) =>
        (await database.One<CallCount>($"select {Sums} from calls where {CameIn}", new { from, to }, stop))!;

    /// <summary>By who sat where it rang; time at seats is cut to the span.</summary>
    public Task<IReadOnlyList<CallCount>> Operators(
        DateTimeOffset from, DateTimeOffset to, DateTimeOffset now, CancellationToken stop) => database.Many<CallCount>($"""
        with legs as (
            select l.operator as name, count(*)::int as offered, (count(*) filter (where l.answered_at is not null))::int as answered,
                (count(*) filter (where l.answered_at - coalesce(l.offered_at, l.answered_at) <= interval '{WithinSeconds} seconds'))::int
                    as within,
                coalesce(sum(extract(epoch from coalesce(l.answered_at, l.ended_at) - l.offered_at)), 0)::float8 as waited,
                max(extract(epoch from coalesce(l.answered_at, l.ended_at) - l.offered_at))::float8 as longest,
                (avg(extract(epoch from l.ended_at - l.answered_at)) filter (where l.counted))::float8 as talk
            from call_legs l join calls c on c.id = l.call_id
            where c.direction = 'in' and c.rang_at >= @from and c.rang_at < @to and (l.answered_at is not null or l.no_answer)
            group by 1),
        spells as (
            select name, sum(seconds) filter (where state = 'wrapUp') as wrap_up, sum(seconds) filter (where state = 'talking') as speaking,
                sum(seconds) filter (where state <> 'busy') as at_work
            from (select name, state, extract(epoch from least(coalesce(to_at, @now), @to) - greatest(from_at, @from))::float8 as seconds
                from seat_spells where from_at < @to and (to_at is null or to_at > @from)) s
            group by 1)
        select coalesce(l.name, s.name) as key, coalesce(offered, 0) as offered, coalesce(answered, 0) as answered,
            coalesce(within, 0) as within, 0 as not_taken, coalesce(waited, 0) as waited, longest, talk, coalesce(wrap_up, 0) as wrap_up,
            coalesce(speaking, 0) as speaking, coalesce(at_work, 0) as at_work
        from legs l full join spells s on s.name = l.name
        """, new { from, to, now }, stop);

    /// <summary>Most calls at a time, and minutes in which there were so many.</summary>
    /// <param name="lines">How many can be at a time; null = not known.</param>
    public async Task<(int Peak, double? BusyMinutes)> Lines(
        int? lines, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now, CancellationToken stop)
    {
        var end = to < now ? to : now;
        var found = await database.One<LinesUsed>("""
            with spans as (select greatest(rang_at, @from) as a, least(coalesce(ended_at, @end), @end) as b
                from calls where rang_at < @end and coalesce(ended_at, @end) > @from and rang_at >= @earliest),
            steps as (select a as at, 1 as by from spans union all select b, -1 from spans),
            used as (select at, sum(by) over (order by at, by) as n, lead(at) over (order by at, by) as until from steps)
            select coalesce(max(n), 0)::int as peak,
                coalesce(sum(extract(epoch from until - at)) filter (where n >= @lines), 0)::float8 / 60 as minutes
            from used
            """, new { from, end, earliest = from.AddDays(-1), lines = lines ?? int.MaxValue }, stop);
        return (found!.Peak, lines is null ? null : found.Minutes);
    }

    /// <summary>Who waits, by number: those for whom nobody has answered.</summary>
    public Task<IReadOnlyList<WaitingCount>> Waiting(CancellationToken stop) => database.Many<WaitingCount>("""
        select dialled_number as number, (count(*) filter (where answered_at is null or state in ('queued', 'offered')))::int as waiting,
            (count(*) filter (where state in ('talking', 'held')))::int as talking,
            min(coalesce(queued_at, rang_at)) filter (where answered_at is null) as since
        from calls where direction = 'in' and state <> 'ended' group by 1
        """, null, stop);

    private sealed record LinesUsed
    {
        public int Peak { get; init; }
        public double Minutes { get; init; }
    }
}

/// <summary>Calls of a number that have not ended.</summary>
public sealed record WaitingCount
{
    public string? Number { get; init; }
    public int Waiting { get; init; }
    public int Talking { get; init; }
    public DateTimeOffset? Since { get; init; }
}

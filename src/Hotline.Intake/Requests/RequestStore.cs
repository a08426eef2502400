using Hotline.Contracts;
using Hotline.Contracts.Intake;
using Hotline.Intake.Timeline;
using Hotline.Wire.Intake;
using Npgsql;

namespace Hotline.Intake.Requests;

/// <summary>What a list of requests is narrowed to.</summary>
/// <param name="Words">Looked for in number, name, phone, address, category and description.</param>
/// <param name="Categories">Any of these.</param>
/// <param name="Hour">Registered in this hour of the city's clock, of any day.</param>
public sealed record RequestFilter(
    byte[]? PhoneHash, string? Status, AskedWords? Words, string[]? Categories, string? AreaCode, string? Urgency,
    DateTimeOffset? From, DateTimeOffset? To, RequestSort Sort = RequestSort.Newest,
    string? RegisteredBy = null, string? DialledNumber = null, int? Hour = null);

public sealed class RequestStore(NpgsqlDataSource database, TimelineStore timeline, PersonalData personal, RequestWords words, Work work)
{
    private const string Columns = """
        id, number, channel, dialled_number, citizen, phone_hash, area_code, category_code, description, urgency, registered_by,
        registered_at, cancel_cause, cancel_reason, cancelled_at, order_id, order_status, order_version, order_ordinal,
        order_vendor_id, order_vendor_name, order_due_at, called_back_order_id, version
        """;

    private const int Common = 2_000, MostNear = 50;

    private static readonly string[] Finished = Statuses(RequestStatuses.IsFinished), Final = Statuses(RequestStatuses.IsFinal);

    /// <summary>The day's next number; given back if the rest of the work fails.</summary>
    public async Task<string> NextNumber(DateOnly day, CancellationToken stop)
    {
        var next = await work.Take<int>("""
            insert into request_numbers (day, last) values (@day, 1)
            on conflict (day) do update set last = request_numbers.last + 1
            returning last
            """, new { day }, stop);
        return $"RA-{day:yyyyMMdd}-{next:000000}";
    }

    /// <param name="request">A new one.</param>
    /// <param name="citizen">Who is sealed in it.</param>
    public void Add(Request request, Citizen citizen)
    {
        work.Write($"""
            insert into requests ({Columns}, status, has_words, words_release)
            values (@Id, @Number, @Channel, @DialledNumber, @Citizen, @PhoneHash, @AreaCode, @CategoryCode, @Description,
                @Urgency, @RegisteredBy, @RegisteredAt, null, null, null, null, null, 0, null, null, null, null, null, @Version, @status,
                true, {RequestWords.Release})
            """, new
        {
            request.Id,
            request.Number,
            request.Channel,
            request.DialledNumber,
            request.Citizen,
            request.PhoneHash,
            request.AreaCode,
            request.CategoryCode,
            request.Description,
            request.Urgency,
            request.RegisteredBy,
            request.RegisteredAt,
            request.Version,
            status = request.Status.ToWire(),
        });
        WriteWords(request, citizen);
        var registered = request.Registered();
        timeline.Add(registered);
        work.Tell(registered);
        work.Afterwards(() => RequestMetrics.Registered.Add(1, new KeyValuePair<string, object?>("category", request.CategoryCode)));
    }

    public void Save(Decision<Request> decision, int readAt)
    {
        Save(decision.State, readAt);
        if (decision.Events.Any(e => e is RequestRecategorised or RequestCorrected or RequestErased))
            WriteWords(decision.State, personal.Open(decision.State.Citizen));
        Tell(decision);
    }

    /// <summary>What happened without changing the request.</summary>
    public void Tell(Decision<Request> decision)
    {
        foreach (var told in decision.Events.OfType<IAboutRequest>().Where(Story.Tells)) timeline.Add(told);
        work.Tell(decision.Events);
    }

    public void Save(Request request, int readAt)
    {
        work.WriteOne("""
            update requests set status = @status, cancel_cause = @CancelCause, cancel_reason = @CancelReason, cancelled_at = @CancelledAt,
                order_id = @OrderId, order_status = @OrderStatus, order_version = @OrderVersion, order_ordinal = @OrderOrdinal,
                order_vendor_id = @OrderVendorId, order_vendor_name = @OrderVendorName, order_due_at = @OrderDueAt,
                called_back_order_id = @CalledBackOrderId, citizen = @Citizen, phone_hash = @PhoneHash, area_code = @AreaCode,
                category_code = @CategoryCode, description = @Description, version = @Version
            where id = @Id and version = @readAt
            """, new
        {
            request.Id,
            request.CancelCause,
            request.CancelReason,
            request.CancelledAt,
            request.OrderId,
            request.OrderStatus,
            request.OrderVersion,
            request.OrderOrdinal,
            request.OrderVendorId,
            request.OrderVendorName,
            request.OrderDueAt,
            request.CalledBackOrderId,
            request.Citizen,
            request.PhoneHash,
            request.AreaCode,
            request.CategoryCode,
            request.Description,
            request.Version,
            status = request.Status.ToWire(),
            readAt,
        });
    }

    /// <summary>What it is found by.</summary>
    private void WriteWords(Request request, Citizen citizen) => work.Write($"""
        with known as (update requests set words_release = {RequestWords.Release} where id = @Id and words_release < {RequestWords.Release})
        insert into request_words (request_id, words) values (@Id, @words) on conflict (request_id) do update set words = excluded.words
        """, new
    {
        request.Id,
        words = request.IsErased ? words.OfNumber(request.Number)
            : words.Of(request.Number, citizen, request.AreaCode, request.CategoryCode, request.Description),
    });

    /// <summary>At commit the request must be as it was read.</summary>
    public void RequireUnchanged(Request request) =>
        work.Require("select 1 from requests where id = @Id and version = @Version", new { request.Id, request.Version });

    public Task<Request?> Find(Guid id, CancellationToken stop) =>
        database.One<Request>($"select {Columns} from requests where id = @id", new { id }, stop);

    /// <summary>Whose latest order it is.</summary>
    public Task<Request?> OfOrder(Guid order, CancellationToken stop) =>
        database.One<Request>($"select {Columns} from requests where order_id = @order", new { order }, stop);

    /// <summary>Requests of the same phone, or of the same category with these words of a place, newest first; not this one
    /// itself.</summary>
    public Task<IReadOnlyList<Request>> Near(Request request, byte[]? phone, int[] place, DateTimeOffset since, CancellationToken stop) =>
        database.Many<Request>($"""
            with placed as materialized (select request_id as id from request_words where words @> @place limit {Common + 1})
            select {Columns} from requests
            where id <> @Id and registered_at >= @since
                and id in (select id from requests where phone_hash = @phone
                    union all select id from placed where (select citizen is not null and category_code = @CategoryCode
                        and area_code = @AreaCode from requests r where r.id = placed.id))
            order by id desc limit @Near
            """, new { request.Id, request.CategoryCode, request.AreaCode, phone, place, since, Near = MostNear }, stop);

    /// <summary>So many are erased in one go.</summary>
    public const int ErasedAtOnce = 500;

    /// <summary>Requests whose time of being kept is over, oldest first.</summary>
    /// <param name="before">When finished ones were registered.</param>
    /// <param name="unfinishedBefore">When any others were registered; earlier.</param>
    public Task<IReadOnlyList<Request>> DueToErase(DateTimeOffset before, DateTimeOffset unfinishedBefore, CancellationToken stop) =>
        database.Many<Request>($"""
            select {Columns} from requests
            where citizen is not null and registered_at < @before and (status = any(@Finished) or registered_at < @unfinishedBefore)
            order by registered_at limit @ErasedAtOnce
            """, new { before, unfinishedBefore, Finished, ErasedAtOnce }, stop);

    public Task<IReadOnlyList<Request>> List(RequestFilter filter, PageRequest page, CancellationToken stop)
    {
        var (sql, values) = Query(filter, page);
        return database.Many<Request>(sql, values, stop);
    }

    /// <summary>How many there are, counted no further than to the most.</summary>
    public Task<int> Count(RequestFilter filter, int most, CancellationToken stop)
    {
        var (sql, values) = CountQuery(filter, most);
        return database.One<int>(sql, values, stop);
    }

    /// <summary>How a list is read: every filter along an index (0002 to 0009 in Migrations).</summary>
    public static (string Sql, object Values) Query(RequestFilter filter, PageRequest page)
    {
        // of an urgency that never changes: the cursor is an id in every order
        var (order, after) = filter.Sort switch
        {
            RequestSort.Oldest => ("id", "id > @after"),
            RequestSort.Waiting => ("urgency <> 'urgent', id",
                "(urgency <> 'urgent', id) > ((select urgency <> 'urgent' from requests where id = @after), @after)"),
            _ => ("id desc", "id < @after"),
        };
        var found = $"select {Columns} from requests where {Conditions(filter)}{(page.AfterId is null ? "" : $" and {after}")}";
        var first = $"order by {order} limit @take";
        // PostgreSQL knows which words are in nearly every request, but takes one that is in one for one that is in a thousand, and
        // would read two years backwards for it. So at most 2,001 that have the words are looked up: they are all there are, or so
        // many that the newest are near the end.
        var sql = !LooksForWords(filter) ? $"{found} {first}" : $"""
            with hits as materialized (select request_id as id from request_words where words @> @Hashes limit {Common + 1}),
                few as materialized (select count(*) <= {Common} as holds from hits)
            select *
            from (({found} and (select holds from few) and id = any(array(select id from hits)) {first})
                union all
                ({found} and not (select holds from few)
                    and (select words @> @Hashes from request_words where request_id = id) {first})) as found
            order by {order}
            """;
        return (sql, Values(filter, page));
    }

    /// <summary>How a total is counted: no further than to the most; where as many have the words asked for, they are not looked through
    /// for the rest of the filter, and it is the most too.</summary>
    public static (string Sql, object Values) CountQuery(RequestFilter filter, int most)
    {
        var found = $"select 1 from requests where {Conditions(filter)}";
        var sql = !LooksForWords(filter) ? $"select count(*)::int from ({found} limit {most}) as found" : $"""
            with hits as materialized (select request_id as id from request_words where words @> @Hashes limit {most})
            select case when (select count(*) from hits) = {most} then {most}
                else (select count(*)::int from ({found} and id = any(array(select id from hits))) as found) end
            """;
        return (sql, Values(filter, null));
    }

    private static bool LooksForWords(RequestFilter filter) => filter.Words is { Numbers: null };

    private static string Conditions(RequestFilter filter)
    {
        var conditions = new List<string> { "true" };
        if (filter.PhoneHash is not null) conditions.Add("phone_hash = @PhoneHash");
        if (filter.Status is not null)
            conditions.Add(Final.Contains(filter.Status) ? "final_status = @Status" : "final_status is null and status = @Status");
        if (filter.Categories is [_]) conditions.Add("category_code = @Category");
        else if (filter.Categories is not null) conditions.Add("category_code = any(@Categories)");
        if (filter.AreaCode is not null) conditions.Add("area_code = @AreaCode");
        if (filter.Urgency is not null) conditions.Add($"urgency {(filter.Urgency == "urgent" ? "=" : "<>")} 'urgent'");
        if (filter.From is not null) conditions.Add("registered_at >= @From");
        if (filter.To is not null) conditions.Add("registered_at < @To");
        if (filter.RegisteredBy is not null) conditions.Add("registered_by = @RegisteredBy");
        if (filter.DialledNumber is not null) conditions.Add("dialled_number = @DialledNumber");
        if (filter.Hour is not null) conditions.Add("extract(hour from registered_at at time zone 'Asia/Shanghai') = @Hour");
        if (filter.Words is { Numbers: not null }) conditions.Add("number = any(@Numbers)");
        if (filter.Sort is RequestSort.Waiting) conditions.Add("final_status is null");
        return string.Join(" and ", conditions);
    }

    private static object Values(RequestFilter filter, PageRequest? page) => new
    {
        filter.PhoneHash,
        filter.Status,
        Category = filter.Categories is [var only] ? only : null,
        filter.Categories,
        filter.RegisteredBy,
        filter.DialledNumber,
        filter.Hour,
        filter.AreaCode,
        filter.From,
        filter.To,
        filter.Words?.Numbers,
        filter.Words?.Hashes,
        after = page?.AfterId,
        take = page?.Limit + 1,
    };

    private static string[] Statuses(Func<RequestStatus, bool> those) =>
        [.. Enum.GetValues<RequestStatus>().Where(those).Select(s => s.ToWire())];
}

using Hotline.Messaging;
using Hotline.Wire;
using Hotline.Wire.Operations;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Hotline.ServiceDefaults;

/// <summary>Who looked at which citizen's full data, and when (个人信息保护法 art. 51 and 54: access is controlled and can be audited). An entry
/// is written in the same commit as what the look belongs to, and before anything is shown: no entry, no data. Kept three years.</summary>
public static class AccessLog
{
    /// <summary>Notes that the caller is shown a citizen in full. The same look within ten minutes,
    /// of a page that keeps itself current, is one.</summary>
    public static void Saw(this Work work, Caller caller, Guid requestId, string action, DateTimeOffset now) =>
        work.Write("""
            insert into access_log (id, at, actor_id, actor, role, request_id, action)
            select @id, @now, @actorId, @actor, @role, @requestId, @action
            where not exists (select from access_log where request_id = @requestId and actor_id = @actorId
                and action = @action and at > @since)
            """, new
        {
            id = Guid.CreateVersion7(now),
            now,
            actorId = caller.Id,
            actor = caller.Name,
            role = caller.Role,
            requestId,
            action,
            since = now.AddMinutes(-10),
        });

    /// <summary>Notes that the caller is shown who called, or hears a call, once in ten minutes.</summary>
    public static void SawCall(this Work work, Caller caller, Guid callId, DateTimeOffset now, string action = "call") => work.Write("""
        insert into access_log (id, at, actor_id, actor, role, action, details)
        select @id, @now, @actorId, @actor, @role, @action, @details
        where not exists (select from access_log where actor_id = @actorId and action = @action and details = @details and at > @since)
        """, new
    {
        id = Guid.CreateVersion7(now),
        now,
        actorId = caller.Id,
        actor = caller.Name,
        role = caller.Role,
        action,
        details = callId.ToString(),
        since = now.AddMinutes(-10),
    });

    /// <summary>Notes that the caller takes a list away with the citizens in full.</summary>
    /// <param name="details">Which list, how it was narrowed, and how many rows.</param>
    public static void Exported(this Work work, Caller caller, string details, DateTimeOffset now) => work.Write("""
        insert into access_log (id, at, actor_id, actor, role, action, details)
        values (@id, @now, @actorId, @actor, @role, 'export', @details)
        """, new { id = Guid.CreateVersion7(now), now, actorId = caller.Id, actor = caller.Name, role = caller.Role, details });

    /// <summary>GET {prefix}/access-log?requestId=&amp;actor=, for supervisors.</summary>
    /// <param name="number">SQL: the number of the request of a row of access_log.</param>
    public static void MapAccessLog(this IEndpointRouteBuilder routes, string prefix, string number)
    {
        Task<Results<Ok<Page<Access>>, ProblemHttpResult>> List(
            NpgsqlDataSource database, Export? export, Guid? requestId, string? actor, int? limit, string? cursor,
            CancellationToken stop) => Read(database, export, number, requestId, actor, limit, cursor, stop);

        var (group, service) = (routes.MapGroup($"{prefix}/access-log").WithTags("Access log").RequireAuthorization(Policies.Supervision),
            prefix.Split('/')[^1]);
        group.MapGet("", List).WithName($"listAccessLog-{service}").WithSummary("Who saw a citizen's data in full here, newest first");
        group.MapGet("/export", List).Exports($"exportAccessLog-{service}", File(service));
    }

    private static ExportFile<Access> File(string service) =>
        new ExportFile<Access>($"access-log-{service}", $"个人信息查看记录_{service}", $"Access log {service}")
            .Moment("时间", "Time", a => a.At)
            .Words("账号", "Account", a => a.Actor)
            .Word("角色", "Role", "Role", a => a.Role)
            .Word("操作", "Action", "AccessLog.Action", a => a.Action)
            .Words("工单编号", "Request's id", a => a.RequestId?.ToString(), 38)
            .Words("说明", "Details", a => a.Details, 40)
            .Words("工单号", "Request", a => a.RequestNumber, 22);

    private static async Task<Results<Ok<Page<Access>>, ProblemHttpResult>> Read(
        NpgsqlDataSource database, Export? export, string number, Guid? requestId, string? actor, int? limit, string? cursor,
        CancellationToken stop)
    {
        var faults = new Faults();
        var name = faults.Words(actor, "actor");
        if (PageRequest.Read(limit, cursor, faults) is not { } page) return faults.ToProblem();
        var conditions = new List<string> { "true" };
        if (requestId is not null) conditions.Add("request_id = @requestId");
        if (name is not null) conditions.Add("actor = @name");
        var narrowed = $"from access_log where {string.Join(" and ", conditions)}";
        var rows = await database.Many<Access>($"select id, at, actor_id, actor, role, request_id, action, details, "
            + $"({number}) as request_number {narrowed} "
            + $"{(page.AfterId is null ? "" : "and id < @after")} order by id desc limit @take",
            new { requestId, name, after = page.AfterId, take = page.Limit + 1 }, stop);
        return TypedResults.Ok(page.Cut(rows, a => a.Id.ToString(), a => a,
            await export.Counted(most => database.Count(narrowed, new { requestId, name, most }, stop))));
    }
}

using Hotline.Wire.Identity;
using Npgsql;

namespace Hotline.Identity.Audit;

/// <summary>What the audit log tells of: stable words.</summary>
public static class AuditActions
{
    public const string Created = "created", Changed = "changed", Deleted = "deleted", Imported = "imported";
    public const string PasswordGiven = "passwordGiven", PasswordChanged = "passwordChanged", SessionsEnded = "sessionsEnded";
    public const string TwoFactorOn = "twoFactorOn", TwoFactorOff = "twoFactorOff";
    public const string SystemCreated = "systemCreated", SystemSecretGiven = "systemSecretGiven", SystemDeleted = "systemDeleted";
    public const string SignedIn = "signedIn", SignInFailed = "signInFailed", Locked = "locked";

    public static readonly string[] All =
    [
        Created, Changed, Deleted, Imported, PasswordGiven, PasswordChanged, SessionsEnded, TwoFactorOn, TwoFactorOff, SystemCreated,
        SystemSecretGiven, SystemDeleted, SignedIn, SignInFailed, Locked,
    ];
}

/// <summary>Who changed which account, and when. Kept three years, like the access log.</summary>
public static class AuditEndpoints
{
    private static readonly ExportFile<AuditEntry> Columns = new ExportFile<AuditEntry>("audit", "账号操作记录", "Account changes")
        .Moment("时间", "Time", e => e.At)
        .Words("操作人", "By", e => e.Actor, 20)
        .Word("操作", "Action", "AuditAction", e => e.Action)
        .Words("对象", "Of", e => e.TargetName ?? e.Target, 20)
        .Words("用户名或系统", "User name or system", e => e.Target, 20)
        .Words("说明", "Details", e => e.Details, 50);

    public static void MapAudit(this IEndpointRouteBuilder routes)
    {
        var audit = routes.MapGroup("/api/staff/audit").WithTags("Staff").RequireAuthorization(Policies.Administration);
        audit.MapGet("", List)
            .WithName("listAccountChanges")
            .WithSummary("Changes of accounts and credentials, newest first; actor and target by a part of user name, "
                + "name or seat's number, or by id");
        audit.MapGet("/export", List).Exports("exportAccountChanges", Columns);
    }

    private static async Task<Results<Ok<Page<AuditEntry>>, ProblemHttpResult>> List(
        NpgsqlDataSource database, Export? export, string? actor, string? target, string? action, string? from, string? to, int? limit,
        string? cursor, CancellationToken stop)
    {
        var faults = new Faults();
        var (by, of) = (faults.Words(actor, "actor"), faults.Words(target, "target"));
        var what = faults.OneOf(action, "action", AuditActions.All);
        var (since, until) = (faults.From(from, "from"), faults.To(to, "to"));
        if (PageRequest.Read(limit, cursor, faults) is not { } page) return faults.ToProblem();
        var (likeBy, likeOf) = (Database.Containing(by), Database.Containing(of));
        var conditions = new List<string> { "true" };
        if (by is not null) conditions.Add($"(actor_id = @by or actor ilike @likeBy or {Person("actor_id", "@likeBy")})");
        if (of is not null) conditions.Add($"(target_id = @of or target ilike @likeOf or {Person("target_id", "@likeOf")})");
        if (what is not null) conditions.Add("action = @what");
        if (since is not null) conditions.Add("at >= @since");
        if (until is not null) conditions.Add("at < @until");
        var narrowed = $"from audit_log where {string.Join(" and ", conditions)}";
        var rows = await database.Many<AuditEntry>($"""
            select a.id, a.at, a.actor_id, a.actor, a.action, a.target_id, a.target, a.details,
                concat_ws(' ', u.display_name, u.staff_number) as target_name
            from (select * {narrowed} {(page.AfterId is null ? "" : "and id < @after")} order by id desc limit @take) a
            left join "AspNetUsers" u on u.id::text = a.target_id
            order by a.id desc
            """,
            new { by, of, likeBy, likeOf, what, since, until, after = page.AfterId, take = page.Limit + 1 }, stop);
        return TypedResults.Ok(page.Cut(rows, e => e.Id.ToString(), e => e.TargetName is "" ? e with { TargetName = null } : e,
            await export.Counted(most => database.Count(narrowed, new { by, of, likeBy, likeOf, what, since, until, most }, stop))));
    }

    // who is called so now, or has that number
    private static string Person(string id, string like) => $"""
        {id} in (select id::text from "AspNetUsers" where concat_ws(' ', user_name, display_name, staff_number) ilike {like})
        """;
}

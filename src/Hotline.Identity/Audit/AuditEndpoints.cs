using Hotline.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
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
}

/// <summary>Something that was done to an account or a credential.</summary>
/// <param name="ActorId">Subject of who did it.</param>
/// <param name="Actor">Name at the time.</param>
/// <param name="TargetId">Subject or client id of whom it concerns.</param>
/// <param name="Target">User name or client's name at the time.</param>
/// <param name="Details">What changed, for example "role: operator -> supervisor".</param>
public sealed record AuditEntry(
    Guid Id, DateTimeOffset At, string ActorId, string Actor, string Action, string? TargetId, string? Target, string? Details);

/// <summary>Who changed which account, and when. Kept three years, like the access log.</summary>
public static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/staff/audit", List)
            .WithName("listAccountChanges")
            .WithSummary("Changes of accounts and credentials, newest first; actor and target by a part of the name, or by id")
            .WithTags("Staff").RequireAuthorization(Policies.Administration);

    private static async Task<Results<Ok<Page<AuditEntry>>, ProblemHttpResult>> List(
        NpgsqlDataSource database, string? actor, string? target, int? limit, string? cursor, CancellationToken stop)
    {
        var faults = new Faults();
        var (by, of) = (faults.Words(actor, "actor"), faults.Words(target, "target"));
        if (PageRequest.Read(limit, cursor, faults) is not { } page) return faults.ToProblem();
        var conditions = new List<string> { "true" };
        if (by is not null) conditions.Add("(actor_id = @by or actor ilike @likeBy)");
        if (of is not null) conditions.Add("(target_id = @of or target ilike @likeOf)");
        if (page.AfterId is not null) conditions.Add("id < @after");
        var rows = await database.Many<AuditEntry>($"select * from audit_log where {string.Join(" and ", conditions)} "
            + "order by id desc limit @take",
            new { by, of, likeBy = Database.Containing(by), likeOf = Database.Containing(of), after = page.AfterId, take = page.Limit + 1 },
            stop);
        return TypedResults.Ok(page.Cut(rows, e => e.Id.ToString(), e => e));
    }
}

using System.Security.Claims;
using Hotline.Identity.Audit;
using Hotline.Identity.Sessions;
using Hotline.Identity.Users;
using Hotline.Wire.Identity;

namespace Hotline.Identity.Staff;

/// <summary>The life of an account. A supervisor sees all staff and manages operators; an admin manages everybody. What takes rights away
/// holds in every service
/// within two seconds (<see cref="Revocations"/>).</summary>
public static class StaffEndpoints
{
    internal static readonly Text Taken = new("username.taken", "该用户名已被使用，请换一个", "This user name is taken: choose another");
    private static readonly Text NumberTaken = new("staff-number.taken", "该工号已被使用", "This staff number is taken");

    public static void MapStaff(this IEndpointRouteBuilder routes)
    {
        var staff = routes.MapGroup("/api/staff").WithTags("Staff").RequireAuthorization(Policies.People).AnswersOnce()
            .Refuses(StatusCodes.Status403Forbidden, "staff.not-yours");
        staff.MapGet("/", List).WithName("listStaff").WithSummary("Accounts of the hotline's people, by user name");
        staff.MapGet("/export", List).Exports("exportStaff", StaffFile.Columns);
        staff.MapPost("/", Create)
            .WithName("addStaff").WithSummary("A new account; the temporary password is shown once")
            .ShowsSecretOnce().Refuses("username.taken", "staff-number.taken").Validates<StaffInput>();
        staff.MapGet("/{id:guid}", Get).WithName("getStaff").WithSummary("An account");
        staff.MapPatch("/{id:guid}", Change)
            .WithName("changeStaff").WithSummary("Change name, number or role, end an account for a while or take it back")
            .Refuses("staff-number.taken", "staff.last-admin", "staff.own-role", "staff.deleted").Validates<StaffPatch>();
        staff.MapDelete("/{id:guid}", Delete)
            .WithName("deleteStaff").WithSummary("End an account for ever; what it did keeps its name")
            .Refuses("staff.last-admin", "staff.own-role", "staff.deleted");
        staff.MapPost("/{id:guid}/password", GivePassword)
            .WithName("giveStaffPassword").WithSummary("Give a temporary password, shown once; unlocks, and ends all sessions")
            .ShowsSecretOnce().Refuses("staff.deleted");
        routes.MapGet("/api/staff/colleagues", Colleagues).WithName("listColleagues").WithTags("Staff").RequireAuthorization(Policies.Desk)
            .WithSummary("Operators and supervisors who may sign in, by user name: whom a note can mention");
        staff.MapGet("/{id:guid}/sessions", Sessions).WithName("listStaffSessions").WithSummary("Where the person is signed in");
        staff.MapDelete("/{id:guid}/sessions", EndAll)
            .WithName("endStaffSessions").WithSummary("Sign the person out everywhere").Refuses("staff.deleted");
        staff.MapDelete("/{id:guid}/sessions/{sessionId:guid}", EndOne)
            .WithName("endStaffSession").WithSummary("Sign the person out in one place").Refuses("staff.deleted");
    }

    /// <summary>Why an account cannot have this user name or number; null where it can.</summary>
    internal static async Task<Refusal?> Conflict(StaffStore staff, string? username, string? number, Guid except)
    {
        var faults = new List<(string Field, Text Message)>();
        if (username is not null && await staff.NameIsTaken(username)) faults.Add(("username", Taken));
        if (await staff.NumberIsTaken(number, except)) faults.Add(("staffNumber", NumberTaken));
        return faults.Count == 0 ? null : Refusal.Conflict([.. faults]);
    }

    private static async Task<Results<Ok<Page<Colleague>>, ProblemHttpResult>> Colleagues(
        StaffStore staff, string? q, int? limit, string? cursor, CancellationToken stop)
    {
        var faults = new Faults();
        var filter = new StaffFilter(faults.Words(q, "q"), null, Active: true, [Roles.Operator, Roles.Supervisor]);
        return PageRequest.Read(limit, cursor, _ => true, faults) is { } page
            ? TypedResults.Ok(page.Cut(await staff.List(filter, page, stop), m => m.Username.ToUpperInvariant(),
                m => new Colleague(m.Id, m.Username, m.Name, m.StaffNumber)))
            : faults.ToProblem();
    }

    private static async Task<Results<Ok<Page<StaffView>>, ProblemHttpResult>> List(
        StaffStore staff, TimeProvider clock, Export? export, string? q, string? role, bool? active, int? limit, string? cursor,
        CancellationToken stop)
    {
        var faults = new Faults();
        var filter = new StaffFilter(faults.Words(q, "q"), faults.OneOf(role, "role", StaffMember.StaffRoles), active);
        return PageRequest.Read(limit, cursor, _ => true, faults) is { } page
            ? TypedResults.Ok(page.Cut(await staff.List(filter, page, stop), m => m.Username.ToUpperInvariant(),
                m => StaffView.Of(m, clock.GetUtcNow()), await export.Counted(most => staff.Count(filter, most, stop))))
            : faults.ToProblem();
    }

    private static async Task<Results<Ok<StaffView>, ProblemHttpResult>> Get(
        Guid id, StaffStore staff, TimeProvider clock, CancellationToken stop) =>
        await staff.Find(id, stop) is { } member ? TypedResults.Ok(StaffView.Of(member, clock.GetUtcNow())) : Problems.NotFound();

    private static Task<Results<Created<NewStaffView>, ProblemHttpResult>> Create(
        StaffInput input, Caller by, StaffStore staff, AccountChanges changes, CancellationToken stop) =>
        changes.Run<Results<Created<NewStaffView>, ProblemHttpResult>>(async () =>
        {
            var number = StaffPatches.Number(input.StaffNumber);
            if ((StaffMember.Forbids(by, input.Role!) ?? await Conflict(staff, input.Username, number, Guid.Empty)) is { } refusal)
                return refusal.ToProblem();
            var password = Passwords.New();
            var member = await staff.Add(input.Username!, input.Name!.Trim(), number, input.Role!, password);
            await changes.Note(by, AuditActions.Created, member.Id.ToString(), member.Username, $"role: {member.Role}");
            return TypedResults.Created($"/api/staff/{member.Id}", NewStaffView.Of(member, password));
        }, stop);

    private static Task<Results<Ok<StaffView>, ProblemHttpResult>> Change(
        Guid id, Patch<StaffPatch> patch, IfMatch ifMatch, Caller by, StaffStore staff, AccountChanges changes, TimeProvider clock,
        CancellationToken stop) => changes.Run<Results<Ok<StaffView>, ProblemHttpResult>>(async () =>
        {
            if (patch.Refuses(StaffPatches.Removable) is { } kept) return kept.ToProblem();
            if (await staff.FindForChange(id) is not { } member) return Problems.NotFound();
            if (ifMatch.Refuses(member.Version) is { } stale) return stale.ToProblem();
            var decision = member.Change(patch.Fields.ToChange(patch.Removed), by, await staff.AdminsBut(id));
            if (decision.Refusal is { } refusal) return refusal.ToProblem();
            var next = decision.State;
            if (await Conflict(staff, null, next.StaffNumber, id) is { } taken) return taken.ToProblem();
            if (next != member)
            {
                await staff.Save(next);
                if (next.TakesFrom(member)) await changes.End(id.ToString());
                await changes.Note(by, AuditActions.Changed, id.ToString(), member.Username, next.DifferenceFrom(member));
            }
            return TypedResults.Ok(StaffView.Of(next, clock.GetUtcNow()));
        }, stop);

    private static Task<Results<NoContent, ProblemHttpResult>> Delete(
        Guid id, Caller by, StaffStore staff, AccountChanges changes, CancellationToken stop) =>
        changes.Run<Results<NoContent, ProblemHttpResult>>(async () =>
        {
            if (await staff.FindForChange(id) is not { } member) return Problems.NotFound();
            var decision = member.Delete(by, await staff.AdminsBut(id));
            if (decision.Refusal is { } refusal) return refusal.ToProblem();
            await staff.Save(decision.State);
            await changes.End(id.ToString());
            await changes.Note(by, AuditActions.Deleted, id.ToString(), member.Username);
            return TypedResults.NoContent();
        }, stop);

    private static Task<Results<Ok<UserCredentials>, ProblemHttpResult>> GivePassword(
        Guid id, Caller by, StaffStore staff, AccountChanges changes, CancellationToken stop) =>
        Managed<Results<Ok<UserCredentials>, ProblemHttpResult>>(id, by, staff, changes, async (by, member) =>
        {
            var password = Passwords.New();
            await staff.GivePassword(id, password);
            await changes.End(id.ToString());
            await changes.Note(by, AuditActions.PasswordGiven, id.ToString(), member.Username);
            return TypedResults.Ok(new UserCredentials(member.Username, password));
        }, problem => problem, stop);

    private static async Task<Results<Ok<Page<SessionView>>, ProblemHttpResult>> Sessions(
        Guid id, Caller by, ClaimsPrincipal principal, StaffStore staff, SessionStore sessions, CancellationToken stop)
    {
        if (await staff.Find(id, stop) is not { } member) return Problems.NotFound();
        if (StaffMember.Forbids(by, member.Role) is { } refusal) return refusal.ToProblem();
        var current = SessionSignIn.SessionOf(principal);
        return TypedResults.Ok(new Page<SessionView>([.. (await sessions.Open(id, stop)).Select(s => SessionView.Of(s, current))], null));
    }

    private static Task<Results<NoContent, ProblemHttpResult>> EndAll(
        Guid id, Caller by, StaffStore staff, AccountChanges changes, CancellationToken stop) => End(id, null,
        by, staff, changes, stop);

    private static Task<Results<NoContent, ProblemHttpResult>> EndOne(
        Guid id, Guid sessionId, Caller by, StaffStore staff, AccountChanges changes, CancellationToken stop) => End(id,
        sessionId, by, staff, changes, stop);

    private static Task<Results<NoContent, ProblemHttpResult>> End(
        Guid id, Guid? session, Caller by, StaffStore staff, AccountChanges changes, CancellationToken stop) =>
        Managed<Results<NoContent, ProblemHttpResult>>(id, by, staff, changes, async (by, member) =>
        {
            if (session is null) await changes.End(id.ToString()); // by generation: what is in no list ends too
            else if (await changes.EndSessions(id, only: session) == 0) return Problems.NotFound();
            await changes.Note(by, AuditActions.SessionsEnded, id.ToString(), member.Username, session?.ToString());
            return TypedResults.NoContent();
        }, problem => problem, stop);

    // what a manager does to somebody: not there, or not theirs to manage, or done
    private static Task<T> Managed<T>(
        Guid id, Caller by, StaffStore staff, AccountChanges changes, Func<Caller, StaffMember, Task<T>> act,
        Func<ProblemHttpResult, T> refused, CancellationToken stop) => changes.Run(async () =>
        {
            if (await staff.FindForChange(id) is not { } member) return refused(Problems.NotFound());
            return member.ForbidsTo(by) is { } refusal ? refused(refusal.ToProblem()) : await act(by, member);
        }, stop);
}

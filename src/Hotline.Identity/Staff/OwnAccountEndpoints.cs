using System.Security.Claims;
using Hotline.Identity.Audit;
using Hotline.Identity.Sessions;
using Hotline.Identity.Users;
using Hotline.Wire.Identity;
using Microsoft.AspNetCore.Identity;

namespace Hotline.Identity.Staff;

/// <summary>One's own account, for everybody who signs in, vendors' people too.</summary>
public static class OwnAccountEndpoints
{
    private static readonly Text WrongPassword = new("password.wrong", "当前密码不正确", "This is not the current password");
    private static readonly Text Missing = new("password.missing", "请填写", "Fill this in");
    private static readonly Text Same = new("password.same", "新密码不能与当前密码相同", "The new password cannot be the current one");
    private static readonly Text Locked = new("account.locked", "错误次数过多，请 5 分钟后再试", "Too many errors: try again in five minutes");

    public static void MapOwnAccount(this IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup("/api/staff/me").WithTags("Own account").RequireAuthorization().AnswersOnce();
        own.MapGet("/", Me).WithName("getOwnAccount").WithSummary("Who is signed in");
        own.MapPost("/password", ChangePassword)
            .WithName("changeOwnPassword").WithSummary("A new password; signs out everywhere else").Refuses("account.locked");
        own.MapGet("/sessions", Sessions).WithName("listOwnSessions").WithSummary("Where one is signed in");
        own.MapDelete("/sessions", EndOthers).WithName("endOtherSessions").WithSummary("Sign out everywhere else");
        own.MapDelete("/sessions/{sessionId:guid}", EndOne).WithName("endOwnSession").WithSummary("Sign out in one place");
    }

    private static async Task<Ok<MeView>> Me(ClaimsPrincipal principal, UserManager<User> users)
    {
        var caller = Caller.Of(principal);
        return await Own(principal, users) is { } user
            ? TypedResults.Ok(new MeView(caller.Id, user.UserName!, user.DisplayName, user.StaffNumber, user.Role, user.VendorId,
                user.TwoFactorEnabled, user.MustChangePassword, SessionSignIn.SessionOf(principal)))
            // a system
            : TypedResults.Ok(new MeView(caller.Id, caller.Id, caller.Name, null, caller.Role, caller.VendorId, false, false, null));
    }

    // a system's subject is its client id, and no account's
    private static async Task<User?> Own(ClaimsPrincipal principal, UserManager<User> users) =>
        Guid.TryParse(Caller.Of(principal).Id, out var id) ? await users.FindByIdAsync(id.ToString()) : null;

    private static Task<Results<NoContent, ProblemHttpResult>> ChangePassword(
        PasswordInput input, ClaimsPrincipal principal, UserManager<User> users, AccountChanges changes, CancellationToken stop) =>
        changes.Run<Results<NoContent, ProblemHttpResult>>(async () =>
        {
            if (await Own(principal, users) is not { } user) return Problems.NotFound(); // a system has no password
            if (string.IsNullOrEmpty(input.Current)) return Refusal.Invalid(("current", Missing)).ToProblem();
            if (await users.IsLockedOutAsync(user)) return new Refusal(Locked).ToProblem();
            if (!await users.CheckPasswordAsync(user, input.Current))
            {
                await users.AccessFailedAsync(user); // guessing here is guessing at the door
                return Refusal.Invalid(("current", WrongPassword)).ToProblem();
            }
            if ((input.New == input.Current ? Same : PasswordRules.Fault(input.New, user)) is { } fault)
                return Refusal.Invalid(("new", fault)).ToProblem();
            await users.Choose(user, input.New!);
            await changes.EndSessions(user.Id, except: SessionSignIn.SessionOf(principal));
            await changes.Note(Caller.Of(principal), AuditActions.PasswordChanged, user.Id.ToString(), user.UserName);
            return TypedResults.NoContent();
        }, stop);

    private static async Task<Ok<Page<SessionView>>> Sessions(ClaimsPrincipal principal, SessionStore sessions, CancellationToken stop)
    {
        var current = SessionSignIn.SessionOf(principal);
        var found = Guid.TryParse(Caller.Of(principal).Id, out var id) ? await sessions.Open(id, stop) : [];
        return TypedResults.Ok(new Page<SessionView>([.. found.Select(s => SessionView.Of(s, current))], null));
    }

    private static Task<Results<NoContent, ProblemHttpResult>> EndOthers(
        ClaimsPrincipal principal, AccountChanges changes, CancellationToken stop) =>
        End(null, principal, changes, stop);

    private static Task<Results<NoContent, ProblemHttpResult>> EndOne(
        Guid sessionId, ClaimsPrincipal principal, AccountChanges changes, CancellationToken stop) =>
        End(sessionId, principal, changes, stop);

    private static Task<Results<NoContent, ProblemHttpResult>> End(
        Guid? session, ClaimsPrincipal principal, AccountChanges changes, CancellationToken stop) =>
        changes.Run<Results<NoContent, ProblemHttpResult>>(async () =>
        {
            var by = Caller.Of(principal);
            if (!Guid.TryParse(by.Id, out var id)) return Problems.NotFound();
            var ended = session is null ? await changes.EndSessions(id, except: SessionSignIn.SessionOf(principal))
                : await changes.EndSessions(id, only: session);
            if (ended == 0 && session is not null) return Problems.NotFound();
            if (ended > 0) await changes.Note(by, AuditActions.SessionsEnded, by.Id, by.Name, session?.ToString());
            return TypedResults.NoContent();
        }, stop);
}

using System.Security.Claims;
using Hotline.Identity.Audit;
using Hotline.Identity.Users;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Hotline.Identity.Sessions;

/// <summary>Signing in begins a session, whose id goes into the sign-in cookie and from there into every token.</summary>
public sealed class SessionSignIn(
    UserManager<User> users, IHttpContextAccessor context, IUserClaimsPrincipalFactory<User> claims,
    IOptions<Microsoft.AspNetCore.Identity.IdentityOptions> options,
    ILogger<SignInManager<User>> log, IAuthenticationSchemeProvider schemes, IUserConfirmation<User> confirmation,
    SessionStore sessions, AccountChanges changes)
    : SignInManager<User>(users, context, claims, options, log, schemes, confirmation)
{
    /// <inheritdoc/>
    public override async Task SignInWithClaimsAsync(
        User user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
    {
        var session = await sessions.Begin(user.Id, Devices.Describe(Context.Request.Headers.UserAgent), AddressOf(Context),
            Context.RequestAborted);
        await changes.NoteOwn(user, AuditActions.SignedIn, AddressOf(Context));
        await base.SignInWithClaimsAsync(user, authenticationProperties,
            [.. additionalClaims, new(Revocations.SessionClaim, session.ToString())]);
    }

    /// <summary>The sign-in cookie is good while its session is.</summary>
    public static async Task Validate(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        var user = await services.GetRequiredService<UserManager<User>>().GetUserAsync(context.Principal!);
        if (user is not { MayWork: true } || SessionOf(context.Principal!) is not { } session
            || !await services.GetRequiredService<SessionStore>()
                .Touch(session, user.Id, context.HttpContext.RequestAborted)) context.RejectPrincipal();
    }

    /// <summary>The session that a principal belongs to.</summary>
    public static Guid? SessionOf(ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(Revocations.SessionClaim), out var session) ? session : null;

    private static string AddressOf(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "-";
}

using System.Globalization;
using System.Security.Claims;
using Hotline.Identity.Clients;
using Hotline.Identity.Revocation;
using Hotline.Identity.Sessions;
using Hotline.Identity.Users;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Hotline.Identity.Tokens;

/// <summary>The endpoints of OAuth 2.0 and OpenID Connect that decide who is who;
/// OpenIddict checks everything else before and after.</summary>
public static class TokenEndpoints
{
    private const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    public static void MapTokens(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/connect/token", Token).AllowAnonymous().ExcludeFromDescription();
        routes.MapMethods("/connect/authorize", ["GET", "POST"], Authorize).AllowAnonymous().ExcludeFromDescription();
        routes.MapMethods("/connect/logout", ["GET", "POST"], Logout).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> Token(
        HttpContext http, ClientRegistry clients, VendorAccess access, UserManager<User> users, SessionStore sessions,
        Generations generations, CancellationToken stop)
    {
        var request = http.GetOpenIddictServerRequest()!;
        if (request.IsClientCredentialsGrantType())
        {
            // the generation first: what ends meanwhile is newer, and makes the token void
            var generation = await generations.Of(request.ClientId!, stop);
            if (await clients.Find(request.ClientId!, stop) is not { } client)
                return Refused(Errors.UnauthorizedClient, "This client does not get tokens for itself.");
            if (client.VendorId is { } vendor && await access.Find(vendor, stop) is not { MayHaveTokens: true })
                return Refused(Errors.UnauthorizedClient, "The vendor was removed from the alliance.");
            return SignIn(Identity(client.ClientId, client.Name, client.Role, client.VendorId, generation)
                .SetClaim(Auth.PbxClaim, client.Pbx), request.GetScopes());
        }

        // authorization code or refresh token: the person or the session may have ended since.
        // A lock after wrong passwords is somebody else's doing and ends nothing
        var principal = (await http.AuthenticateAsync(Scheme)).Principal!;
        var subject = principal.GetClaim(Claims.Subject)!;
        var current = await generations.Of(subject, stop);
        return await users.FindByIdAsync(subject) is { MayWork: true } user && await MayWork(user, access, stop)
            && SessionSignIn.SessionOf(principal) is { } session && await sessions.Touch(session, user.Id, stop)
            ? SignIn(IdentityOf(user, session, current), principal.GetScopes())
            : Refused(Errors.InvalidGrant, "The user may not sign in any more.");
    }

    // a vendor that was removed gets no token, for its people as for its systems
    private static async Task<bool> MayWork(User user, VendorAccess access, CancellationToken stop) =>
        user.VendorId is not { } vendor || await access.Find(vendor, stop) is { MayHaveTokens: true };

    private static async Task<IResult> Authorize(HttpContext http, UserManager<User> users, Generations generations, CancellationToken stop)
    {
        var request = http.GetOpenIddictServerRequest()!;
        var here = http.Request.PathBase + http.Request.Path + http.Request.QueryString;
        var cookie = await http.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        var user = cookie.Succeeded ? await users.GetUserAsync(cookie.Principal) : null;
        if (user is null) return Results.Challenge(new() { RedirectUri = here }, [IdentityConstants.ApplicationScheme]);
        if (user.MustChangePassword) return Results.LocalRedirect($"/account/password{QueryString.Create("ReturnUrl", here)}");
        return SignIn(IdentityOf(user, SessionSignIn.SessionOf(cookie.Principal!)!.Value, await generations.Of(user.Id.ToString(), stop)),
            request.GetScopes());
    }

    private static async Task<IResult> Logout(HttpContext http, AccountChanges changes, CancellationToken stop)
    {
        var cookie = await http.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        if (cookie.Succeeded && SessionSignIn.SessionOf(cookie.Principal) is { } session
            && Guid.TryParse(cookie.Principal.FindFirstValue(ClaimTypes.NameIdentifier), out var user))
            await changes.Run(() => changes.EndSessions(user, only: session), stop);
        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
        return Results.SignOut(new() { RedirectUri = "/" }, [Scheme]);
    }

    private static ClaimsIdentity IdentityOf(User user, Guid session, int generation) =>
        Identity(user.Id.ToString(), user.DisplayName, user.Role, user.VendorId, generation)
            .SetClaim(Revocations.SessionClaim, session.ToString()).SetClaim(Auth.StaffNumberClaim, user.StaffNumber);

    private static ClaimsIdentity Identity(string subject, string name, string role, Guid? vendor, int generation)
    {
        var identity = new ClaimsIdentity("hotline", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, subject).SetClaim(Claims.Name, name).SetClaim(Claims.Role, role);
        if (vendor is { } id) identity.SetClaim(Auth.VendorClaim, id.ToString());
        if (generation > 0) identity.SetClaim(Revocations.GenerationClaim, generation.ToString(CultureInfo.InvariantCulture));
        return identity;
    }

    private static IResult SignIn(ClaimsIdentity identity, IEnumerable<string> scopes)
    {
        identity.SetScopes(scopes).SetResources(Auth.Audience)
            .SetDestinations(static _ => [Destinations.AccessToken, Destinations.IdentityToken]);
        return Results.SignIn(new(identity), null, Scheme);
    }

    private static IResult Refused(string error, string description) => Results.Forbid(new(new Dictionary<string, string?>
    {
        [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
        [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = description,
    }), [Scheme]);
}

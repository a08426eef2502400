using System.Security.Claims;
using Hotline.Identity.Clients;
using Hotline.Identity.Users;
using Hotline.ServiceDefaults;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Hotline.Identity.Tokens;

/// <summary>The endpoints of OAuth 2.0 and OpenID Connect that decide who is who; OpenIddict checks everything else before and after.</summary>
public static class TokenEndpoints
{
    private const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    // inside codes and refresh tokens only: a new password ends the sessions that began with the old one
    private const string Stamp = "stamp";

    public static void MapTokens(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/connect/token", Token).AllowAnonymous().ExcludeFromDescription();
        routes.MapMethods("/connect/authorize", ["GET", "POST"], Authorize).AllowAnonymous().ExcludeFromDescription();
        routes.MapMethods("/connect/logout", ["GET", "POST"], (Delegate)Logout).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> Token(HttpContext http, ClientRegistry clients, VendorAccess access, UserManager<User> users, SignInManager<User> signIn, CancellationToken stop)
    {
        var request = http.GetOpenIddictServerRequest()!;
        if (request.IsClientCredentialsGrantType())
        {
            if (await clients.Find(request.ClientId!, stop) is not { } client) return Refused(Errors.UnauthorizedClient, "This client does not get tokens for itself.");
            if (client.VendorId is { } vendor && await access.Find(vendor, stop) is not { MayHaveTokens: true })
                return Refused(Errors.UnauthorizedClient, "The vendor was removed from the alliance.");
            return SignIn(Identity(client.ClientId, client.Name, client.Role, client.VendorId), request.GetScopes());
        }

        // authorization code or refresh token: the person may have changed or been locked since
        var principal = (await http.AuthenticateAsync(Scheme)).Principal!;
        var user = await users.FindByIdAsync(principal.GetClaim(Claims.Subject)!);
        return user is not null && principal.GetClaim(Stamp) == user.SecurityStamp && await signIn.CanSignInAsync(user) && !await users.IsLockedOutAsync(user) && await MayWork(user, access, stop)
            ? SignIn(IdentityOf(user), principal.GetScopes())
            : Refused(Errors.InvalidGrant, "The user may not sign in any more.");
    }

    // a vendor that was removed gets no token, for its people as for its systems
    private static async Task<bool> MayWork(User user, VendorAccess access, CancellationToken stop) =>
        user.VendorId is not { } vendor || await access.Find(vendor, stop) is { MayHaveTokens: true };

    private static async Task<IResult> Authorize(HttpContext http, UserManager<User> users)
    {
        var request = http.GetOpenIddictServerRequest()!;
        var session = await http.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        var user = session.Succeeded ? await users.GetUserAsync(session.Principal) : null;
        if (user is null) return Results.Challenge(new() { RedirectUri = http.Request.PathBase + http.Request.Path + http.Request.QueryString }, [IdentityConstants.ApplicationScheme]);
        return SignIn(IdentityOf(user), request.GetScopes());
    }

    private static async Task<IResult> Logout(HttpContext http)
    {
        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
        return Results.SignOut(new() { RedirectUri = "/" }, [Scheme]);
    }

    private static ClaimsIdentity IdentityOf(User user) => Identity(user.Id.ToString(), user.DisplayName, user.Role, user.VendorId).SetClaim(Stamp, user.SecurityStamp);

    private static ClaimsIdentity Identity(string subject, string name, string role, Guid? vendor)
    {
        var identity = new ClaimsIdentity("hotline", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, subject).SetClaim(Claims.Name, name).SetClaim(Claims.Role, role);
        if (vendor is { } id) identity.SetClaim(Auth.VendorClaim, id.ToString());
        return identity;
    }

    private static IResult SignIn(ClaimsIdentity identity, IEnumerable<string> scopes)
    {
        identity.SetScopes(scopes).SetResources(Auth.Audience).SetDestinations(static claim => claim.Type == Stamp ? [] : [Destinations.AccessToken, Destinations.IdentityToken]);
        return Results.SignIn(new(identity), null, Scheme);
    }

    private static IResult Refused(string error, string description) => Results.Forbid(new(new Dictionary<string, string?>
    {
        [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
        [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = description,
    }), [Scheme]);
}

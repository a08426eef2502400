using Hotline.Wire.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Hotline.Gateway.Sessions;

/// <summary>Browsers have a cookie, never a token: the gateway signs them in at Identity (authorization code with PKCE),
/// keeps the tokens inside the encrypted cookie and sends the access token along. Systems send their own bearer token.</summary>
public static class SessionSetup
{
    public const string Cookie = "session";
    private const string Oidc = "oidc";
    private const string Either = "either";

    public static void AddSessions(this WebApplicationBuilder builder)
    {
        builder.AddAuth();
        builder.Services.AddSingleton<TokenRefresh>();
        builder.Services.AddAuthentication(
            options => options.DefaultScheme = options.DefaultAuthenticateScheme = options.DefaultChallengeScheme = Either)
            .AddPolicyScheme(Either, null, options => options.ForwardDefaultSelector = http =>
                http.Request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
                    ? JwtBearerDefaults.AuthenticationScheme : Cookie)
            .AddCookie(Cookie, cookie =>
            {
                cookie.Cookie.Name = "hotline.session";
                cookie.Cookie.HttpOnly = true;
                cookie.Cookie.SameSite = SameSiteMode.Lax;
                cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                cookie.ExpireTimeSpan = TimeSpan.FromHours(12);
                cookie.SlidingExpiration = true;
                cookie.Events.OnRedirectToLogin = context => Answer(context.Response, StatusCodes.Status401Unauthorized);
                cookie.Events.OnRedirectToAccessDenied = context => Answer(context.Response, StatusCodes.Status403Forbidden);
                cookie.Events.OnValidatePrincipal =
                    context => context.HttpContext.RequestServices.GetRequiredService<TokenRefresh>().Validate(context);
            })
            .AddOpenIdConnect(Oidc, oidc => Configure(oidc, builder.Configuration));
        builder.Services.AddOptions<OpenIdConnectOptions>(Oidc)
            .Configure<IHttpClientFactory>((oidc, clients) => oidc.Backchannel = clients.CreateClient(IdentityClient.Name));
    }

    public static void MapSessions(this WebApplication app)
    {
        var session = app.MapGroup("/session").RequireRateLimiting(Limits.Api);
        session.MapGet("/login", (string? returnUrl) => Results.Challenge(new() { RedirectUri = LocalUrl.Of(returnUrl) }, [Oidc]))
            .AllowAnonymous().RequireRateLimiting(Limits.SignIn);
        session.MapGet("/me", (HttpContext http) =>
        {
            var caller = Caller.Of(http.User);
            return Results.Ok(new SignedIn(http.User.FindFirst("name")?.Value ?? caller.Id, caller.Role, caller.VendorId,
                http.User.FindFirst(Auth.StaffNumberClaim)?.Value));
        }).RequireAuthorization();
        session.MapPost("/logout", async (HttpContext http, TokenRefresh tokens) =>
        {
            await tokens.Revoke(await http.GetTokenAsync(Cookie, "refresh_token"), http.RequestAborted);
            return Results.SignOut(new() { RedirectUri = "/" }, [Cookie, Oidc]);
        }).RequireAuthorization();
    }

    /// <summary>A changing request that rides on the cookie must carry a header that no foreign page can send: X-CSRF: 1.</summary>
    public static void UseForgeryCheck(this WebApplication app) => app.Use(async (http, next) =>
    {
        var safe = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)
            || HttpMethods.IsOptions(http.Request.Method);
        var byCookie = http.User.Identity is { IsAuthenticated: true } && !http.Request.Headers.ContainsKey("Authorization");
        var ours = http.Request.Path.StartsWithSegments("/api") || http.Request.Path.StartsWithSegments("/session");
        if (!safe && byCookie && ours && http.Request.Headers["X-CSRF"] != "1")
        {
            await Problems.Of(Forged, StatusCodes.Status403Forbidden).ExecuteAsync(http);
            return;
        }
        await next(http);
    });

    private static readonly Text Forged = new("session.csrf", "缺少 X-CSRF 请求头", "The header X-CSRF: 1 is missing");

    private static void Configure(OpenIdConnectOptions oidc, IConfiguration configuration)
    {
        var publicUrl = PublicAddress.Of(configuration);
        oidc.SignInScheme = Cookie;
        oidc.ClientId = "hotline-gateway";
        oidc.ClientSecret = configuration["Gateway:ClientSecret"];
        oidc.MetadataAddress = new Uri(IdentityClient.Address, ".well-known/openid-configuration").ToString();
        oidc.RequireHttpsMetadata = false; // inner network; the browser's part goes through the public address
        oidc.ResponseType = OpenIdConnectResponseType.Code;
        // the code comes back in the address: a form that posts itself would need inline script, which our policy forbids
        oidc.ResponseMode = OpenIdConnectResponseMode.Query;
        oidc.CorrelationCookie.SameSite = oidc.NonceCookie.SameSite = SameSiteMode.Lax;
        oidc.CorrelationCookie.SecurePolicy = oidc.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        oidc.UsePkce = true;
        oidc.SaveTokens = true;
        oidc.MapInboundClaims = false;
        oidc.TokenValidationParameters.ValidIssuer = $"{publicUrl}/";
        oidc.TokenValidationParameters.NameClaimType = "name";
        oidc.TokenValidationParameters.RoleClaimType = "role";
        oidc.Scope.Clear();
        foreach (var scope in (string[])["openid", "profile", "offline_access"]) oidc.Scope.Add(scope);
        // where the browser goes is the public address; the code is exchanged over the inner one
        oidc.Events.OnRedirectToIdentityProvider = context =>
        {
            context.ProtocolMessage.IssuerAddress = $"{publicUrl}/connect/authorize";
            context.ProtocolMessage.RedirectUri = $"{publicUrl}{oidc.CallbackPath}";
            return Task.CompletedTask;
        };
        oidc.Events.OnRedirectToIdentityProviderForSignOut = context =>
        {
            context.ProtocolMessage.IssuerAddress = $"{publicUrl}/connect/logout";
            context.ProtocolMessage.PostLogoutRedirectUri = $"{publicUrl}{oidc.SignedOutCallbackPath}";
            return Task.CompletedTask;
        };
        oidc.Events.OnRemoteFailure = context =>
        {
            context.Response.Redirect("/session/login");
            context.HandleResponse();
            return Task.CompletedTask;
        };
    }

    private static Task Answer(HttpResponse response, int status)
    {
        response.StatusCode = status;
        return Task.CompletedTask;
    }
}

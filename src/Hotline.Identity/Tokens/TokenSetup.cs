using System.Security.Cryptography.X509Certificates;
using Hotline.Identity.Sessions;
using Hotline.Identity.Users;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Validation;
using OpenIddict.Validation.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Hotline.Identity.Tokens;

public static class TokenSetup
{
    /// <summary>OpenIddict as server, and for this service's own API.</summary>
    public static void AddTokens(this WebApplicationBuilder builder, IdentityOptions options)
    {
        builder.Services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<IdentityDatabase>())
            .AddServer(server =>
            {
                server.SetIssuer(new Uri($"{options.PublicUrl.TrimEnd('/')}/"));
                server.SetTokenEndpointUris("connect/token").SetAuthorizationEndpointUris("connect/authorize")
                    .SetEndSessionEndpointUris("connect/logout")
                    .SetRevocationEndpointUris("connect/revoke");
                server.AllowClientCredentialsFlow().AllowAuthorizationCodeFlow().AllowRefreshTokenFlow().RequireProofKeyForCodeExchange();
                server.RegisterScopes(OpenIddictConstants.Scopes.Profile, OpenIddictConstants.Scopes.OfflineAccess);
                server.SetAccessTokenLifetime(options.AccessTokenLasts).SetRefreshTokenLifetime(SessionStore.Lasts);
                // A renewal whose answer is lost is asked again with the same token, whenever that is. The one client that renews has
                // a secret, so a token needs no rotation to be safe (RFC 9700, 4.14.2); what ends it is the session.
                server.DisableRollingRefreshTokens();
                server.AddEventHandler<OpenIddictServerEvents.HandleRevocationRequestContext>(
                    handler => handler.UseScopedHandler<SessionEnd>());
                server.DisableAccessTokenEncryption(); // services read the claims; encryption is for codes and refresh tokens
                var development = builder.Environment.IsDevelopment();
                if (options.SigningCertificate is { Length: > 0 } signing)
                    server.AddSigningCertificate(X509Certificate2.CreateFromPemFile(signing));
                else if (development) server.AddDevelopmentSigningCertificate();
                else throw new InvalidOperationException("Set Identity__SigningCertificate to a PEM file with certificate and key");
                if (options.EncryptionCertificate is { Length: > 0 } encryption)
                    server.AddEncryptionCertificate(X509Certificate2.CreateFromPemFile(encryption));
                else if (development) server.AddDevelopmentEncryptionCertificate();
                else throw new InvalidOperationException("Set Identity__EncryptionCertificate to a PEM file with certificate and key");
                // the gateway ends TLS; the inner network speaks http
                server.UseAspNetCore().EnableTokenEndpointPassthrough().EnableAuthorizationEndpointPassthrough()
                    .EnableEndSessionEndpointPassthrough()
                    .EnableStatusCodePagesIntegration() // an error that cannot be sent on is a problem like any other, not English text
                    .DisableTransportSecurityRequirement();
            })
            .AddValidation(validation =>
            {
                validation.UseLocalServer();
                validation.UseAspNetCore();
                validation.AddAudiences(Auth.Audience);
                validation.AddEventHandler<OpenIddictValidationEvents.ProcessAuthenticationContext>(
                    handler => handler.UseSingletonHandler<EndedToken>());
            });
        builder.Services.AddAuthentication(OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme);
        builder.Services.AddHostedService<TokenPruner>();
    }

    /// <summary>A token that ended is no valid one, as everywhere: 401, sign in again. Without this the library, which found it valid,
    /// answers 403.</summary>
    private sealed class EndedToken(Revocations revocations)
        : IOpenIddictValidationHandler<OpenIddictValidationEvents.ProcessAuthenticationContext>
    {
        public ValueTask HandleAsync(OpenIddictValidationEvents.ProcessAuthenticationContext context)
        {
            if (context.AccessTokenPrincipal is { } user && revocations.FateOf(user) is TokenFate.Ended)
                context.Reject(Errors.InvalidToken, "The account, credential or session ended.");
            return default;
        }
    }

    /// <summary>Whoever revokes a token of a session, as the gateway does at sign-out, ends the session:
    /// copies of its cookie and its tokens are void too.</summary>
    private sealed class SessionEnd(AccountChanges changes)
        : IOpenIddictServerHandler<OpenIddictServerEvents.HandleRevocationRequestContext>
    {
        public async ValueTask HandleAsync(OpenIddictServerEvents.HandleRevocationRequestContext context)
        {
            if (SessionSignIn.SessionOf(context.GenericTokenPrincipal) is { } session
                && Guid.TryParse(context.GenericTokenPrincipal.GetClaim(Claims.Subject), out var user))
                await changes.Run(() => changes.EndSessions(user, only: session), context.CancellationToken);
        }
    }

    /// <summary>Deletes what OpenIddict keeps of tokens that are long over.</summary>
    private sealed class TokenPruner(IServiceScopeFactory scopes, TimeProvider clock, ILogger<TokenPruner> log)
        : Clock(TimeSpan.FromHours(1), log)
    {
        protected override async Task Tick(CancellationToken stop)
        {
            await using var scope = scopes.CreateAsyncScope();
            var old = clock.GetUtcNow() - TimeSpan.FromDays(1);
            await scope.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>().PruneAsync(old, stop);
            await scope.ServiceProvider.GetRequiredService<IOpenIddictAuthorizationManager>().PruneAsync(old, stop);
            await scope.ServiceProvider.GetRequiredService<SessionStore>().Prune(stop);
        }
    }
}

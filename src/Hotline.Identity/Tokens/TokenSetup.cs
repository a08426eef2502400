using System.Security.Cryptography.X509Certificates;
using Hotline.Identity.Users;
using Hotline.ServiceDefaults;
using OpenIddict.Abstractions;
using OpenIddict.Validation.AspNetCore;

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
                server.SetTokenEndpointUris("connect/token").SetAuthorizationEndpointUris("connect/authorize").SetEndSessionEndpointUris("connect/logout")
                    .SetRevocationEndpointUris("connect/revoke");
                server.AllowClientCredentialsFlow().AllowAuthorizationCodeFlow().AllowRefreshTokenFlow().RequireProofKeyForCodeExchange();
                server.RegisterScopes(OpenIddictConstants.Scopes.Profile, OpenIddictConstants.Scopes.OfflineAccess);
                server.SetAccessTokenLifetime(options.AccessTokenLasts).SetRefreshTokenLifetime(TimeSpan.FromHours(12));
                server.DisableAccessTokenEncryption(); // services read the claims; encryption is for codes and refresh tokens
                var development = builder.Environment.IsDevelopment();
                if (options.SigningCertificate is { Length: > 0 } signing) server.AddSigningCertificate(X509Certificate2.CreateFromPemFile(signing));
                else if (development) server.AddDevelopmentSigningCertificate();
                else throw new InvalidOperationException("Set Identity__SigningCertificate to a PEM file with certificate and key");
                if (options.EncryptionCertificate is { Length: > 0 } encryption) server.AddEncryptionCertificate(X509Certificate2.CreateFromPemFile(encryption));
                else if (development) server.AddDevelopmentEncryptionCertificate();
                else throw new InvalidOperationException("Set Identity__EncryptionCertificate to a PEM file with certificate and key");
                // the gateway ends TLS; the inner network speaks http
                server.UseAspNetCore().EnableTokenEndpointPassthrough().EnableAuthorizationEndpointPassthrough().EnableEndSessionEndpointPassthrough().DisableTransportSecurityRequirement();
            })
            .AddValidation(validation =>
            {
                validation.UseLocalServer();
                validation.UseAspNetCore();
                validation.AddAudiences(Auth.Audience);
            });
        builder.Services.AddAuthentication(OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme);
        builder.Services.AddHostedService<TokenPruner>();
    }

    /// <summary>Deletes what OpenIddict keeps of tokens that are long over.</summary>
    private sealed class TokenPruner(IServiceScopeFactory scopes, TimeProvider clock, ILogger<TokenPruner> log) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            using var hourly = new PeriodicTimer(TimeSpan.FromHours(1));
            while (await hourly.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await using var scope = scopes.CreateAsyncScope();
                    var old = clock.GetUtcNow() - TimeSpan.FromDays(1);
                    await scope.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>().PruneAsync(old, stoppingToken);
                    await scope.ServiceProvider.GetRequiredService<IOpenIddictAuthorizationManager>().PruneAsync(old, stoppingToken);
                }
                catch (Exception e) when (!stoppingToken.IsCancellationRequested)
                {
                    log.LogWarning(e, "Old tokens not pruned; trying again in an hour");
                }
            }
        }
    }
}

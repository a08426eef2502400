using System.Globalization;
using FluentValidation;
using Hotline.Wire;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Hotline.ServiceDefaults;

/// <summary>What all services have in common: telemetry, health, tokens, problem details, language, API document.</summary>
public static class ServiceDefaults
{
    /// <summary>Largest request body, bytes.</summary>
    public const long MaxBody = 1024 * 1024;

    /// <summary>API document, input rules and JSON.</summary>
    /// <param name="builder">The service's builder.</param>
    /// <param name="service">Its name in the document.</param>
    /// <param name="rules">Assembly of the input rules.</param>
    public static void AddApi(this WebApplicationBuilder builder, string service, System.Reflection.Assembly rules)
    {
        builder.AddApiDocument(service);
        Validation.Localize();
        builder.Services.AddValidatorsFromAssembly(rules, includeInternalTypes: true);
        builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.Configure());
        builder.Services.AddSingleton<ExportPlaces>();
    }

    /// <summary>For any web process: telemetry, health, problem details, language, clock, limits.</summary>
    public static void AddHostDefaults(this WebApplicationBuilder builder, string service)
    {
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBody;
        });
        // a serving process finishes what it has: MassTransit stops in 20 s, the host in 25 s, supervisord and Kubernetes wait 30 s
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(25));
        builder.Services.AddSingleton<TimeProvider, MicrosecondClock>();
        builder.Services.AddProblems();
        builder.AddKeyRing();
        // what clocks and consumers write down is Chinese, whatever the machine's locale
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        Language.Add(builder.Services);
        builder.Services.AddSingleton<Draining>().AddHostedService(services => services.GetRequiredService<Draining>());
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), ["live"]).AddCheck<Draining>("serving");
        builder.AddTelemetry(service);
    }

    /// <summary>The pipeline in its one order, and /health (ready) and /alive.</summary>
    public static void MapDefaults(this WebApplication app)
    {
        app.UseLanguage();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseHead();
        app.UseAnswersAs();
        app.UseRouting();
        app.UseCleanInput(); // before authentication: Identity's reads forms
        app.Use((http, next) =>
        {
            // the idempotency check reads the body a second time
            if (http.Request.Headers.ContainsKey("Idempotency-Key")) http.Request.EnableBuffering();
            return next();
        });
        app.UseAuthentication();
        app.UseRevocations();
        app.UseAuthorization();
        app.UseBodyFormat();
        app.UseQueryParameters();
        app.MapHealth();
        if (app.Services.GetService<ApiDocument>() is not null) app.MapOpenApi().AllowAnonymous();
    }

    /// <summary>/health: ready to serve; /alive: the process answers.</summary>
    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health").AllowAnonymous();
        app.MapHealthChecks("/alive", new HealthCheckOptions { Predicate = check => check.Tags.Contains("live") }).AllowAnonymous();
    }
}

using System.Diagnostics;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Hotline.ServiceDefaults;

/// <summary>Logs, metrics and traces, and where they go: OpenTelemetry's own settings.</summary>
public static class Telemetry
{
    // asked by machines every second, for as long as the platform runs
    private static readonly string[] Polled = ["/health", "/alive", RevocationPoll.Path];

    /// <summary>For any web process.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder, string service)
    {
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.UseUtcTimestamp = true;
        });
        // request lines would carry phone numbers of searches
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("System.Net.Http", LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", LogLevel.None) // ProblemWriter logs what is a fault
            .AddFilter("Yarp", LogLevel.Warning).AddFilter("Npgsql", LogLevel.Warning)
            // every probe would be a line with its stack; /health says it, and what failed logs it
            .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None)
            .AddFilter("Polly", LogLevel.Warning) // each try of each call, also those that went well
            .AddFilter("MassTransit.ReceiveTransport", LogLevel.Error) // each retry would be a warning with its stack
            .AddFilter("OpenIddict", LogLevel.Warning).AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        var collected = !string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        // a name of its own choice would be another one after each restart
        var named = builder.Configuration["OTEL_RESOURCE_ATTRIBUTES"]?.Contains("service.instance.id=", StringComparison.Ordinal) ?? false;
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(service, "hotline", autoGenerateServiceInstanceId: !named))
            .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation()
                .AddMeter("Npgsql", "MassTransit", "Hotline.*"))
            .WithTracing(tracing => tracing
                // ids go on from service to service all the same
                .SetSampler(collected ? new ParentBasedSampler(new TraceBegins()) : new AlwaysOffSampler())
                .AddSource("MassTransit", "Hotline.*", "Yarp.ReverseProxy")
                .AddAspNetCoreInstrumentation(options => options.Filter = http => !Polled.Contains(http.Request.Path.Value))
                .AddHttpClientInstrumentation()
                .AddNpgsql());
        if (collected) telemetry.UseOtlpExporter();
    }

    /// <summary>A trace begins with a request, a message, or a <see cref="Messaging.Clock{T}"/> that found something to do.
    /// A statement or a call that would begin one by itself is a poll, as are the gateway's questions after its destinations' health:
    /// 841 of them in 90 s hid the requests.</summary>
    private sealed class TraceBegins : Sampler
    {
        public override SamplingResult ShouldSample(in SamplingParameters begun) =>
            new(begun.Kind is ActivityKind.Client || begun.Name.EndsWith("health_checks", StringComparison.Ordinal) ? SamplingDecision.Drop
                : SamplingDecision.RecordAndSample);
    }
}

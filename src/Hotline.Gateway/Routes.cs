using System.Net;
using System.Net.Http.Headers;
using Hotline.Gateway.Sessions;
using Microsoft.AspNetCore.Authentication;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms;

namespace Hotline.Gateway;

/// <summary>Which path goes to which service. Addresses are Aspire's keys: services:{name}:http:0, 1, … for replicas.</summary>
public static class Routes
{
    // more exact paths win: YARP orders by the routing rules of ASP.NET Core
    private static readonly (string Service, string Path)[] Paths =
    [
        ("intake", "/api/intake/{**rest}"),
        ("intake", "/api/calls/{**rest}"),
        ("intake", "/api/seats/{**rest}"),
        ("vendor-registry", "/api/catalog/{**rest}"),
        ("vendor-registry", "/api/vendors/{**rest}"),
        ("vendor-registry", "/api/vendor-imports/{**rest}"),
        ("vendor-registry", "/api/vendor/me"),
        ("dispatch", "/api/vendor/orders/{**rest}"),
        ("follow-up", "/api/vendor/feedback"),
        ("dispatch", "/api/dispatch/{**rest}"),
        ("follow-up", "/api/follow-ups/{**rest}"),
        ("evaluation", "/api/evaluation/{**rest}"),
        ("evaluation", "/api/ops/reconciliation/{**rest}"),
        ("identity", "/api/vendors/{id:guid}/credentials"),
        ("identity", "/api/vendors/{id:guid}/users/{**rest}"),
        ("identity", "/api/staff/{**rest}"),
        ("identity", "/api/systems/{**rest}"),
        ("identity", "/connect/{**rest}"),
        ("identity", "/account/{**rest}"),
        ("identity", "/.well-known/{**rest}"),
    ];

    /// <summary>Services with an API, in the order in which the reference page lists them: that of the paths above, then those without
    /// any.</summary>
    public static readonly string[] Apis = [.. Paths.Select(p => p.Service).Union(PlatformServices.BehindTheGateway)];

    public static void AddRoutes(this WebApplicationBuilder builder)
    {
        var routes = Paths.Select((p, i) => new RouteConfig
        {
            RouteId = $"{p.Service}-{i}",
            ClusterId = p.Service,
            Match = new() { Path = p.Path },
            AuthorizationPolicy = "anonymous", // each service checks the token itself
            RateLimiterPolicy = p.Path.StartsWith("/connect", StringComparison.Ordinal)
                || p.Path.StartsWith("/account", StringComparison.Ordinal) ? Limits.SignIn : Limits.Api,
        }).Concat(Apis.Select(service => new RouteConfig
        {
            RouteId = $"{service}-ops",
            ClusterId = service,
            Match = new() { Path = $"/api/ops/{service}/{{**rest}}", Methods = ["GET", "HEAD", "POST"] },
            AuthorizationPolicy = "anonymous",
            RateLimiterPolicy = Limits.Api,
        })).Concat(Apis.Select(service => new RouteConfig
        {
            RouteId = $"{service}-document",
            ClusterId = service,
            Match = new() { Path = $"/openapi/{service}.json", Methods = ["GET", "HEAD"] },
            AuthorizationPolicy = "anonymous",
            RateLimiterPolicy = Limits.Api,
            Transforms = [new Dictionary<string, string> { ["PathSet"] = "/openapi/v1.json" }],
        })).ToArray();
        builder.Services.AddReverseProxy()
            .LoadFromMemory(routes, [.. Apis.Select(service => Cluster(builder.Configuration, service))])
            .AddTransforms(transforms =>
            {
                transforms.AddOriginalHost(); // the public one: sign-in pages redirect to the address that the browser knows
                transforms.AddXForwarded(ForwardedTransformActions.Set);
                transforms.AddRequestTransform(async context =>
                {
                    if (!context.HttpContext.Request.Path.StartsWithSegments("/api")) return; // the sign-in pages have cookies of their own
                    context.ProxyRequest.Headers.Remove("Cookie");
                    if (context.HttpContext.Request.Headers.ContainsKey("Authorization")) return;
                    if (await context.HttpContext.GetTokenAsync(SessionSetup.Cookie, "access_token") is { } token)
                        context.ProxyRequest.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
                });
                transforms.AddResponseTransform(context =>
                {
                    // a service's server refuses without a word what is no HTTP; the client gets words
                    if (context.ProxyResponse is { StatusCode: >= HttpStatusCode.BadRequest, Content.Headers.ContentLength: 0 })
                    {
                        context.SuppressResponseBody = true;
                        context.HttpContext.Response.ContentLength = null;
                    }
                    return ValueTask.CompletedTask;
                });
            });
    }

    private static ClusterConfig Cluster(IConfiguration configuration, string service)
    {
        var addresses = configuration.GetSection($"services:{service}:http").GetChildren().Select(c => c.Value!).ToArray();
        if (addresses.Length == 0) throw new InvalidOperationException($"Set services__{service}__http__0 to the address of {service}");
        return new()
        {
            ClusterId = service,
            LoadBalancingPolicy = "PowerOfTwoChoices",
            Destinations = addresses.Select((address, i) => (address, i))
                .ToDictionary(a => $"{service}-{a.i}", a => new DestinationConfig { Address = a.address, Health = a.address }),
            // of replicas, one that died or is about to end gets no more; where all are unwell, each may still know best itself
            HealthCheck = new()
            {
                Passive = new()
                { Enabled = addresses.Length > 1, Policy = "TransportFailureRate", ReactivationPeriod = TimeSpan.FromSeconds(5) },
                Active = new()
                {
                    Enabled = addresses.Length > 1,
                    Policy = "ConsecutiveFailures",
                    Path = "/health",
                    Interval = TimeSpan.FromSeconds(1),
                    Timeout = TimeSpan.FromSeconds(2),
                },
                AvailableDestinationsPolicy = "HealthyOrPanic",
            },
            Metadata = new Dictionary<string, string> { ["ConsecutiveFailuresHealthPolicy.Threshold"] = "1" },
            // headers are UTF-8, as Kestrel reads them; else one that is not ASCII is an error, and counts against the replica
            HttpClient = new() { RequestHeaderEncoding = "utf-8" },
            HttpRequest = new ForwarderRequestConfig { ActivityTimeout = TimeSpan.FromSeconds(30) },
        };
    }
}

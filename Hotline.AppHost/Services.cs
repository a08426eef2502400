using System.Reflection;
using Hotline.AppHost.Description;
using Hotline.AppHost.Servers;
using Microsoft.Extensions.Configuration;

namespace Hotline.AppHost;

/// <summary>The services of <see cref="PlatformDescription"/> as resources: prepared, then started, the gateway last.</summary>
internal sealed class Services(IDistributedApplicationBuilder builder, RunOptions options, ServerChoice servers)
{
    private static readonly MethodInfo AddProject = typeof(ProjectResourceBuilderExtensions).GetMethod(
        nameof(ProjectResourceBuilderExtensions.AddProject), 1, [typeof(IDistributedApplicationBuilder), typeof(string), typeof(string)])!;

    private readonly Dictionary<string, IResourceBuilder<ProjectResource>> _serving = [];
    private readonly List<IResourceBuilder<ProjectResource>> _prepared = [];
    private readonly SettingValues _values = new(builder, options);

    private bool IsRunning => builder.ExecutionContext.IsRunMode;

    /// <summary>The one that clients and browsers reach.</summary>
    public IResourceBuilder<ProjectResource> Gateway => _serving[PlatformDescription.Gateway.Name];

    /// <summary>All that serve, the gateway among them.</summary>
    public IReadOnlyCollection<IResource> Serving => [.. _serving.Values.Select(s => s.Resource)];

    /// <summary>What makes their databases and queues.</summary>
    public IReadOnlyCollection<IResource> Preparations => [.. _prepared.Select(p => p.Resource)];

    public void Add()
    {
        foreach (var service in PlatformDescription.Services) AddOne(service);
        foreach (var service in PlatformDescription.Services)
        {
            var serving = _serving[service.Name];
            foreach (var name in service.Calls)
            {
                if (name == service.Name) serving.WithEnvironment(service.AddressSetting(), serving.GetEndpoint("http"));
                else serving.WithReference(_serving[name]);
                // a page or a call that comes through the gateway needs them all; the others look for identity themselves until it is there
                if (service.IsPublic) serving.WaitFor(_serving[name]);
            }
            // databases and queues exist before anything serves: an event published before its subscriber's queue exists would be lost
            foreach (var preparation in _prepared) serving.WaitForCompletion(preparation);
        }
    }

    private void AddOne(ServiceDescription service)
    {
        var database = service.Database is null ? null : Database(service);
        var serving = _serving[service.Name] = Process(service, service.Name, [])
            .WithIconName(service.Icon)
            .WithHttpEndpoint(port: service.IsPublic ? options.PublicUrl.Port : null, name: "http")
            .WithHttpHealthCheck(PlatformDescription.HealthPath)
            .WithReplicas(options.Replicas);
        if (database is not null) serving.WithReference(database);
        _values.Give(serving, service, isPreparation: false);
        if (service.IsPublic) serving.WithExternalHttpEndpoints();
        DashboardUrls.Add(serving, service, options);
        if (service.Preparation.Count == 0) return;

        string[] verbs = [.. service.Preparation, .. IsRunning && options.HasDemoData ? service.DemoData : []];
        var preparation = Process(service, $"{service.Name}-prepare", verbs)
            .WithIconName("DatabaseArrowUp");
        if (database is not null)
        {
            preparation.WithReference(database).WithReference(servers.Postgres.Connection);
            if (servers.Postgres.Process is { } server) preparation.WaitFor(server, WaitBehavior.StopOnResourceUnavailable);
        }
        _values.Give(preparation, service, isPreparation: true);
        // as a second instance it would only give the service that serves another name in the dashboard
        preparation.WithEnvironment("OTEL_EXPORTER_OTLP_ENDPOINT", "");
        preparation.WithParentRelationship(serving);
        _prepared.Add(preparation);
    }

    private IResourceBuilder<ProjectResource> Process(ServiceDescription service, string name, string[] verbs)
    {
        // of each project that the AppHost refers to, and is built with, the build makes a class: one that is not there cannot be started
        var project = typeof(Services).Assembly.GetType($"Projects.{service.Project.Replace('.', '_')}")
            ?? throw new CannotStartException($"{service.Name} has no project {service.ProjectFile}");
        var process = (IResourceBuilder<ProjectResource>)AddProject.MakeGenericMethod(project).Invoke(null, [builder, name, null])!;
        process.WithArgs(verbs).WithReference(servers.RabbitMQ.Connection);
        if (servers.RabbitMQ.Process is { } broker) process.WaitFor(broker, WaitBehavior.StopOnResourceUnavailable);
        return process;
    }

    // its own role in its own database; asked for at deployment where the server is not ours
    private IResourceBuilder<IResourceWithConnectionString> Database(ServiceDescription service)
    {
        var name = service.ConnectionName!;
        var isGiven = builder.Configuration.GetConnectionString(name) is { Length: > 0 };
        if (isGiven || servers.Postgres.Address is null) return builder.AddConnectionString(name);
        var password = _values.Secret($"{name}-password",
            $"of the role {service.Role}, which owns the database {service.Database} and nothing else");
        var own = builder.AddConnectionString(name, ReferenceExpression.Create(
            $"{servers.Postgres.Address};Username={service.Role};Password={password};Database={service.Database}"));
        return servers.Postgres.Process is { } server ? own.WithParentRelationship(server) : own;
    }
}

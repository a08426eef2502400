using System.Data.Common;
using Hotline.AppHost.Rendering;
using Microsoft.Extensions.Configuration;

if (args is ["render"])
{
    RenderCommand.Run(Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../..")));
    return;
}

var builder = DistributedApplication.CreateBuilder(args);
var running = builder.ExecutionContext.IsRunMode; // on this machine, not publishing for another

// Servers: containers with data volumes, or existing ones when ConnectionStrings__postgres or ConnectionStrings__rabbitmq is given.
// Of PostgreSQL it is an administrator's connection: only the preparations get it, and make a role and a database for each service with it.
var postgres = Given("postgres") ? null : builder.AddPostgres("postgres").WithDataVolume();
var rabbit = Given("rabbitmq") ? null : builder.AddRabbitMQ("rabbitmq").WithManagementPlugin().WithDataVolume();
var existingPostgres = postgres is null ? builder.AddConnectionString("postgres") : null;
var existingRabbit = rabbit is null ? builder.AddConnectionString("rabbitmq") : null;

var gatewaySecret = builder.AddParameter("gateway-secret", new GenerateParameterDefault { MinLength = 48, Special = false },
    secret: true, persist: true);
var hashKey = builder.AddParameter("phone-hash-key", new GenerateParameterDefault { MinLength = 48, Special = false },
    secret: true, persist: true);
var publicUrl = builder.Configuration["PublicUrl"] ?? "http://localhost:8080";

// one key ring for all: on this machine a folder; a deployment mounts a volume there that is backed up
var keyRing = running ? Path.GetFullPath(Path.Combine(builder.AppHostDirectory, "..", ".hotline", "aspire-keys")) : "/var/lib/hotline/keys";

// Databases and queues exist before anything serves: an event published before its subscriber's queue exists would be lost
List<IResourceBuilder<ProjectResource>> prepared = [];
var services = new Dictionary<string, IResourceBuilder<ProjectResource>>();

var identity = AddService<Projects.Hotline_Identity>("identity", "provision")
    .WithEnvironment("Identity__PublicUrl", publicUrl)
    .WithEnvironment("Identity__GatewaySecret", gatewaySecret);
AddService<Projects.Hotline_Intake>("intake").WithEnvironment("PersonalData__HashKey", hashKey);
AddService<Projects.Hotline_VendorRegistry>("vendor-registry", running ? ["seed-demo"] : []);
AddService<Projects.Hotline_Dispatch>("dispatch");
AddService<Projects.Hotline_FollowUp>("follow-up");
AddService<Projects.Hotline_Evaluation>("evaluation");

// In development identity makes keys of its own. A deployment mounts PEM files with certificate and key, the same for all replicas;
// they are needed to prepare, too.
if (!running)
{
    foreach (var key in (string[])["Signing", "Encryption"])
    {
        var path = builder.AddParameter($"identity-{key.ToLowerInvariant()}-certificate",
            $"/var/lib/hotline/identity/{key.ToLowerInvariant()}.pem", publishValueAsDefault: true);
        foreach (var process in (IResourceBuilder<ProjectResource>[])[identity,
            .. prepared.Where(p => p.Resource.Name == "identity-prepare")])
            process.WithEnvironment($"Identity__{key}Certificate", path);
    }
}

foreach (var service in services.Values)
{
    if (service != identity) service.WithReference(identity);
    else service.WithEnvironment("services__identity__http__0", identity.GetEndpoint("http"));
    foreach (var preparation in prepared) service.WaitForCompletion(preparation);
}

var gateway = Connected(builder.AddProject<Projects.Hotline_Gateway>("gateway", launchProfileName: null))
    .WithHttpEndpoint(port: new Uri(publicUrl).Port, name: "http")
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .WithEnvironment("Auth__Issuer", publicUrl)
    .WithEnvironment("Gateway__ClientSecret", gatewaySecret);
foreach (var service in services.Values) gateway.WithReference(service).WaitFor(service);

builder.Build().Run();

bool Given(string connection) => builder.Configuration.GetConnectionString(connection) is { Length: > 0 };

// the broker, the key ring, and in development the environment that lets Identity make its own keys
IResourceBuilder<ProjectResource> Connected(IResourceBuilder<ProjectResource> project)
{
    if (rabbit is not null) project.WithReference(rabbit).WaitFor(rabbit);
    if (existingRabbit is not null) project.WithReference(existingRabbit);
    project.WithEnvironment("DataProtection__Path", keyRing);
    if (running) project.WithEnvironment("ASPNETCORE_ENVIRONMENT", builder.Environment.EnvironmentName);
    return project;
}

IResourceBuilder<ProjectResource> AddService<TProject>(string name, params string[] moreVerbs) where TProject : IProjectMetadata, new()
{
    var database = OwnDatabase(name);
    var preparation = Connected(builder.AddProject<TProject>($"{name}-prepare", launchProfileName: null)).WithReference(database)
        .WithArgs(["migrate", "topology", .. moreVerbs]);
    if (postgres is not null) preparation.WithReference(postgres).WaitFor(postgres);
    if (existingPostgres is not null) preparation.WithReference(existingPostgres);
    if (name == "intake") preparation.WithEnvironment("PersonalData__HashKey", hashKey);
    if (name == "identity")
    {
        preparation.WithEnvironment("Identity__PublicUrl", publicUrl).WithEnvironment("Identity__GatewaySecret", gatewaySecret);
        if (running)
        {
            var credentials = Path.GetFullPath(Path.Combine(builder.AppHostDirectory, "..", ".hotline", "aspire-credentials.json"));
            Directory.CreateDirectory(Path.GetDirectoryName(credentials)!);
            preparation.WithEnvironment("Identity__CredentialsFile", credentials);
        }
    }
    prepared.Add(preparation);

    return services[name] = Connected(builder.AddProject<TProject>(name, launchProfileName: null))
        .WithReference(database)
        .WithHttpEndpoint(name: "http")
        .WithHttpHealthCheck("/health")
        .WithEnvironment("Auth__Issuer", publicUrl);
}

// ConnectionStrings__{name}-db: the service's own role in its own database, or what is given for it;
// asked for at deployment where the server is not ours
IResourceBuilder<IResourceWithConnectionString> OwnDatabase(string name)
{
    if (Given($"{name}-db") || (postgres is null && !running)) return builder.AddConnectionString($"{name}-db");
    var database = name.Replace('-', '_');
    var password = builder.AddParameter($"{name}-db-password", new GenerateParameterDefault { MinLength = 48, Special = false },
        secret: true, persist: true);
    if (postgres is not null)
    {
        var endpoint = postgres.Resource.PrimaryEndpoint;
        return builder.AddConnectionString($"{name}-db", ReferenceExpression.Create(
            $"Host={endpoint.Property(EndpointProperty.Host)};Port={endpoint.Property(EndpointProperty.Port)};"
            + $"Username=hotline_{database};Password={password};Database={database}"));
    }
    var server = new DbConnectionStringBuilder { ConnectionString = builder.Configuration.GetConnectionString("postgres") };
    foreach (var key in (string[])["Username", "User Name", "User ID", "UserId", "UID", "User", "Password", "PSW", "PWD", "Database", "DB"])
        server.Remove(key);
    return builder.AddConnectionString($"{name}-db",
        ReferenceExpression.Create($"{server.ConnectionString};Username=hotline_{database};Password={password};Database={database}"));
}

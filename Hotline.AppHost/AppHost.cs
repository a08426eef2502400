using Microsoft.Extensions.Configuration;

var builder = DistributedApplication.CreateBuilder(args);

// Servers: containers with data volumes, or existing ones when ConnectionStrings__postgres or ConnectionStrings__rabbitmq is given.
// A service derives its database's name from its own when it is given a server instead of a database.
var postgres = Given("postgres") ? null : builder.AddPostgres("postgres").WithDataVolume();
var rabbit = Given("rabbitmq") ? null : builder.AddRabbitMQ("rabbitmq").WithManagementPlugin().WithDataVolume();
var existingPostgres = postgres is null ? builder.AddConnectionString("postgres") : null;
var existingRabbit = rabbit is null ? builder.AddConnectionString("rabbitmq") : null;

var gatewaySecret = builder.AddParameter("gateway-secret", new GenerateParameterDefault { MinLength = 48, Special = false }, secret: true, persist: true);
var hashKey = builder.AddParameter("phone-hash-key", new GenerateParameterDefault { MinLength = 48, Special = false }, secret: true, persist: true);
var publicUrl = builder.Configuration["PublicUrl"] ?? "http://localhost:8080";
var running = builder.ExecutionContext.IsRunMode; // on this machine, not publishing for another

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
    var database = postgres?.AddDatabase($"{name}-db", name.Replace('-', '_'));

    var preparation = WithDatabase(builder.AddProject<TProject>($"{name}-prepare", launchProfileName: null)).WithArgs(["migrate", "topology", .. moreVerbs]);
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

    return services[name] = WithDatabase(builder.AddProject<TProject>(name, launchProfileName: null))
        .WithHttpEndpoint(name: "http")
        .WithHttpHealthCheck("/health")
        .WithEnvironment("Auth__Issuer", publicUrl);

    IResourceBuilder<ProjectResource> WithDatabase(IResourceBuilder<ProjectResource> project)
    {
        Connected(project);
        if (database is not null) project.WithReference(database).WaitFor(database);
        if (existingPostgres is not null) project.WithReference(existingPostgres);
        return project;
    }
}

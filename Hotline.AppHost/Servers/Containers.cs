using Hotline.AppHost.Description;

namespace Hotline.AppHost.Servers;

/// <summary>PostgreSQL and RabbitMQ as containers, with volumes that keep their data.</summary>
internal static class Containers
{
    public static Server Postgres(IDistributedApplicationBuilder builder)
    {
        var server = builder.AddPostgres(PlatformDescription.Postgres).WithDataVolume();
        var endpoint = server.Resource.PrimaryEndpoint;
        return new(server, server, ReferenceExpression.Create(
            $"Host={endpoint.Property(EndpointProperty.Host)};Port={endpoint.Property(EndpointProperty.Port)}"));
    }

    public static Server RabbitMQ(IDistributedApplicationBuilder builder)
    {
        var server = builder.AddRabbitMQ(PlatformDescription.RabbitMQ).WithManagementPlugin().WithDataVolume();
        server.WithUrlForEndpoint("management", url => url.DisplayText = PrivateServers.ManagementTitle);
        return new(server, server);
    }
}

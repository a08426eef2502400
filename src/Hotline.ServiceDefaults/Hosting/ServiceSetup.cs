using System.Reflection;
using Hotline.Messaging;

namespace Hotline.ServiceDefaults;

/// <summary>What all services with a database and events have in common; their Program adds what is their own.</summary>
public static class ServiceSetup
{
    /// <summary>Defaults, tokens, API with its input rules, database with its migrations, and messaging.</summary>
    /// <param name="builder">The service's builder.</param>
    /// <param name="service">Its name in the description of the platform, for example vendor-registry.</param>
    /// <param name="contracts">Assembly of the events.</param>
    /// <param name="own">The service's assembly, with its input rules, migrations and followers.</param>
    public static void AddService(this WebApplicationBuilder builder, string service, Assembly contracts, Assembly own)
    {
        builder.AddHostDefaults(service);
        builder.AddAuth();
        builder.AddApi(service, own);
        builder.AddDatabase(service, typeof(Work).Assembly, own);
        builder.AddMessaging(service, contracts, own);
        builder.Services.AddHostedService<TrendClock>();
    }

    /// <summary>Health, state and ledger of the service, before its own endpoints.</summary>
    public static void MapService(this WebApplication app, string service, params Book[] books)
    {
        app.MapDefaults();
        app.MapOps(service);
        app.MapTrend(service);
        app.MapRedrives(service);
        app.MapLedger(service, books);
    }
}

namespace Hotline.AppHost.Description;

/// <summary>The platform: its services, what they need, and what can be set. What starts, prepares, backs up or tests the platform is made
/// from this; a new service
/// is one more entry in <see cref="Services"/>, a new setting one more line here or there.</summary>
public static class PlatformDescription
{
    /// <summary>Name of the connection string of PostgreSQL as somebody who may create roles and databases; only preparations get
    /// it.</summary>
    public const string Postgres = "postgres";

    /// <summary>Name of the connection string of RabbitMQ (amqp://user:password@host:port/vhost); every service gets it.</summary>
    public const string RabbitMQ = "rabbitmq";

    /// <summary>Where a service says whether it is ready to serve: Healthy, Degraded (without the broker; work is taken) or
    /// Unhealthy.</summary>
    public const string HealthPath = "/health";

    private const string CertificateMeaning = "PEM file with certificate and key; required outside Development";

    private static readonly SettingSource.Secret GatewaySecret = new("gateway-secret");

    private static readonly SettingSource.Secret PhoneHashKey = new("phone-hash-key") { IsForEver = true };

    private static readonly SettingDescription ForwardedNetworks =
        SettingDescription.ChosenList("Forwarded__Networks", "network of the proxy in front (CIDR)", "loopback");

    private static readonly ServiceDescription[] BehindTheGateway =
    [
        new("identity", "Hotline.Identity", "人员与系统 people and systems that sign in", "Key")
        {
            Preparation = ["migrate", "topology", "provision"],
            Settings =
            [
                new("Identity__PublicUrl", "the gateway's URL as clients see it", new SettingSource.PublicUrl(), "http://localhost:8080"),
                new("Identity__GatewaySecret", "secret of the gateway's client, at least 32 characters", GatewaySecret),
                new("Identity__SigningCertificate", CertificateMeaning, new SettingSource.Certificate("signing")),
                new("Identity__EncryptionCertificate", CertificateMeaning, new SettingSource.Certificate("encryption")),
                new("Identity__CredentialsFile", "where provision writes first clients and users; without it they are left alone",
                    new SettingSource.StateFile("credentials.json")) { IsForPreparation = true },
                SettingDescription.Chosen("Identity__AccessTokenLasts", "validity of access tokens", "00:30:00"),
                ForwardedNetworks,
            ],
        },
        new("intake", "Hotline.Intake", "工单 requests and their timeline", "CallInbound")
        {
            Settings =
            [
                new("PersonalData__HashKey",
                    "secret by which a phone number is found, at least 32 characters; stays the same", PhoneHashKey),
                SettingDescription.Chosen("PersonalData__KeptFor",
                    "how long after its registration a finished request keeps who the citizen is and what was said", "730.00:00:00"),
                SettingDescription.Chosen("PersonalData__UnfinishedGrace",
                    "how much longer a request is kept that never finished", "90.00:00:00"),
                SettingDescription.ChosenList("Intake__DialledNumbers", "the hotline's numbers", "12345, 81890, 81890000"),
                SettingDescription.Chosen("Intake__PhoneAreaCode", "the city's telephone area code", "0577"),
                SettingDescription.Chosen("Calls__WrapUp", "how long a seat has after a call for writing down", "00:00:30"),
                SettingDescription.Chosen("Calls__Shift", "after how long a seat is free whose person did not sign out", "14:00:00"),
                SettingDescription.Chosen("Calls__Lines", "how many calls there can be at a time", "not known"),
                SettingDescription.Chosen("Calls__EventsKeptFor", "how long what telephone systems told is kept as it came", "90.00:00:00"),
            ],
        },
        new("vendor-registry", "Hotline.VendorRegistry", "加盟企业 vendors and matching", "BuildingShop") { DemoData = ["seed-demo"] },
        new("dispatch", "Hotline.Dispatch", "派单 orders and their deadlines", "VehicleTruckProfile")
        {
            Settings =
            [
                SettingDescription.Chosen("Dispatch__OfferLasts", "how long a vendor may think about an offer", "00:10:00"),
                SettingDescription.Chosen("Dispatch__ContactWithin", "how soon after acceptance the vendor phones the citizen", "00:15:00"),
                SettingDescription.Chosen("Dispatch__ClockTick", "how often deadlines are looked at", "00:00:00.5"),
            ],
        },
        new("follow-up", "Hotline.FollowUp", "回访 callbacks and complaints", "PersonFeedback")
        {
            Settings =
            [
                SettingDescription.Chosen("FollowUp__MaxAttempts", "tries before a citizen counts as unreachable", "3"),
                SettingDescription.Chosen("FollowUp__ClaimLasts", "how long a callback stays with whoever took it", "00:30:00"),
                SettingDescription.Chosen("FollowUp__TryAgainAfter", "how long after a try that failed the next one is due", "00:30:00"),
            ],
        },
        new("evaluation", "Hotline.Evaluation", "评价 scores and sanctions", "Star")
        {
            Calls = ["identity", "gateway"], // it compares the books of all
            Settings =
            [
                SettingDescription.Chosen("Reconciliation__Longest", "how long comparing the services' books from the page may take",
                    "00:05:00"),
                SettingDescription.Chosen("Reconciliation__Patience", "for how long a difference between them may last", "00:00:30"),
                SettingDescription.Chosen("Reconciliation__MostEntries", "how many of their entries are held at most", "500000"),
            ],
        },
    ];

    /// <summary>All services; those that others need come first, the one that is public last.</summary>
    public static IReadOnlyList<ServiceDescription> Services { get; } =
    [
        .. BehindTheGateway,
        new("gateway", "Hotline.Gateway", "入口 the one door; serves the console", "Door")
        {
            Database = null,
            Preparation = [],
            Calls = [.. BehindTheGateway.Select(s => s.Name)],
            IsPublic = true,
            Settings =
            [
                new("Gateway__ClientSecret", "the same as Identity__GatewaySecret", GatewaySecret),
                SettingDescription.ChosenList("Forwarded__Hosts",
                    "names by which the gateway may be called besides that of Auth__Issuer and this machine's own; others are 400", "none"),
                ForwardedNetworks,
                SettingDescription.Chosen("RateLimit__ApiPerSecond", "requests a second of one client, in the long run", "200"),
                SettingDescription.Chosen("RateLimit__ApiBurst", "requests of one client at once", "400"),
                SettingDescription.Chosen("RateLimit__SignInPerSecond", "sign-ins a second of one address, in the long run", "10"),
                SettingDescription.Chosen("RateLimit__SignInBurst", "sign-ins of one address at once", "60"),
                SettingDescription.Chosen("RateLimit__Concurrent",
                    "requests under way at once, as many again wait; beyond that the gateway answers 503 with Retry-After. Twice as many, "
                    + "divided by what the machine serves in a second, is how long an answer takes at most", "32"),
                SettingDescription.Chosen("RateLimit__ConcurrentAnonymous",
                    "the same for whoever has not signed in: a pool of their own, of which one address has half", "8"),
                SettingDescription.Chosen("RateLimit__RefusalWaits",
                    "how long the answer waits that tells an address of too many sign-ins, so that who asks in a loop does so seldom",
                    "00:00:00.5"),
                SettingDescription.Chosen("RateLimit__Streams", "event streams of one subject", "10"),
                SettingDescription.Chosen("RateLimit__Connections",
                    "connections in all; one address or subject has a quarter, then the oldest gives way", "8000"),
                SettingDescription.Chosen("RateLimit__ArrivesWithin", "how long headers, and then a body, may take to arrive", "00:00:10"),
            ],
        },
    ];

    /// <summary>The service that clients and browsers reach.</summary>
    public static ServiceDescription Gateway { get; } = Services.Single(s => s.IsPublic);

    /// <summary>What every service reads.</summary>
    public static IReadOnlyList<SettingDescription> CommonSettings { get; } =
    [
        new("Auth__Issuer", "the gateway's URL as clients see it", new SettingSource.PublicUrl(), "http://localhost:8080"),
        new("DataProtection__Path",
            "folder of the key ring that seals personal data and cookies, the same for all processes; back it up: without it nobody "
            + "can read who called. Required outside Development", new SettingSource.StateFolder("keys/protection")),
        SettingDescription.Chosen("DataProtection__Certificate",
            "PEM file with certificate and key that encrypts the keys in that folder; without it the folder's rights protect them", "none"),
        SettingDescription.Chosen("Database__AbandonedAfter",
            "after how long PostgreSQL ends a transaction whose process died or stalls, and frees what it had locked", "00:00:10"),
        SettingDescription.Chosen("Database__MaxPoolSize", "connections of one process", "14"),
        SettingDescription.Chosen("Dashboard__Url",
            "address of the Aspire dashboard in the browsers of those who run the platform: the operations page leads to its traces",
            "none"),
        SettingDescription.Chosen("Messaging__HoldFor",
            "how long a message waits in the process while PostgreSQL is away, before it goes back to its queue; it never becomes an "
            + "error for that", "00:05:00"),
        SettingDescription.Chosen("Shutdown__DrainFor",
            "with replicas: how long a process that is told to end says so at /health while it still serves", "00:00:00"),
    ];

    /// <summary>Of .NET and OpenTelemetry themselves; all may be chosen.</summary>
    public static IReadOnlyList<SettingDescription> FrameworkSettings { get; } =
    [
        SettingDescription.Chosen("ASPNETCORE_*", "of ASP.NET Core", ""),
        SettingDescription.Chosen("DOTNET_*", "of .NET", ""),
        SettingDescription.Chosen("Logging__*", "which logs are written, for example Logging__LogLevel__Default", "Information"),
        SettingDescription.Chosen("OTEL_*",
            "of OpenTelemetry, for example OTEL_EXPORTER_OTLP_ENDPOINT: where traces, metrics and logs go", "none"),
    ];

    /// <summary>Everything that a service reads.</summary>
    public static IEnumerable<SettingDescription> SettingsOf(ServiceDescription service) => [.. CommonSettings, .. service.Settings];

    /// <summary>Each secret once.</summary>
    public static IEnumerable<SettingSource.Secret> Secrets =>
        Services.SelectMany(SettingsOf).Select(s => s.Source).OfType<SettingSource.Secret>().Distinct();
}

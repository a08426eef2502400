namespace Hotline.Messaging;

/// <summary>What a service can do instead of serving: <c>migrate</c>, <c>topology</c>,
/// … Several in a row run one after the other.</summary>
/// <param name="Name">As given on the command line.</param>
/// <param name="Description">One line for a person.</param>
/// <param name="Run">Throws if it fails. The arguments are those that follow the verb, up to the next verb.</param>
public sealed record Verb(string Name, string Description, Func<IServiceProvider, string[], Task> Run);

/// <summary>Registers verbs.</summary>
public static class VerbRegistration
{
    /// <summary>Registers a verb without arguments.</summary>
    public static void AddVerb(this IServiceCollection services, string name, string description, Func<IServiceProvider, Task> run) =>
        services.AddVerb(name, description, (provider, _) => run(provider));

    /// <summary>Registers a verb with arguments.</summary>
    public static void AddVerb(
        this IServiceCollection services, string name, string description, Func<IServiceProvider, string[], Task> run) =>
        services.AddSingleton(new Verb(name, description, run));
}

namespace Hotline.ServiceDefaults;

/// <summary>What a service can do instead of serving: <c>migrate</c>, <c>topology</c>,
/// … Several in a row run one after the other.</summary>
/// <param name="Name">As given on the command line.</param>
/// <param name="Description">One line for a person.</param>
/// <param name="Run">Throws if it fails. The arguments are those that follow the verb, up to the next verb.</param>
public sealed record Verb(string Name, string Description, Func<IServiceProvider, string[], Task> Run);

/// <summary>Verbs on the command line.</summary>
public static class Verbs
{
    /// <summary>Registers a verb without arguments.</summary>
    public static void AddVerb(this IServiceCollection services, string name, string description, Func<IServiceProvider, Task> run) =>
        services.AddVerb(name, description, (provider, _) => run(provider));

    /// <summary>Registers a verb with arguments.</summary>
    public static void AddVerb(
        this IServiceCollection services, string name, string description, Func<IServiceProvider, string[], Task> run) =>
        services.AddSingleton(new Verb(name, description, run));

    /// <summary>Runs the verbs given, or serves if none is.</summary>
    /// <returns>0, 1 if a verb failed, 2 if a word is not a verb.</returns>
    public static async Task<int> RunService(this WebApplication app, string[] args)
    {
        var verbs = app.Services.GetServices<Verb>().ToDictionary(v => v.Name);
        var words = args.Where(a => !a.StartsWith("--", StringComparison.Ordinal)).ToArray();
        if (words.Length == 0)
        {
            await app.RunAsync();
            return 0;
        }
        if (!verbs.ContainsKey(words[0]))
        {
            await Console.Error.WriteLineAsync($"Unknown verb '{words[0]}'. Known:");
            foreach (var verb in verbs.Values) await Console.Error.WriteLineAsync($"  {verb.Name,-12} {verb.Description}");
            return 2;
        }
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Hotline.Verbs");
        for (var i = 0; i < words.Length;)
        {
            var verb = verbs[words[i++]];
            var rest = words.Skip(i).TakeWhile(w => !verbs.ContainsKey(w)).ToArray();
            i += rest.Length;
            try
            {
                await using var scope = app.Services.CreateAsyncScope();
                await verb.Run(scope.ServiceProvider, rest);
            }
            catch (Exception e)
            {
                log.LogCritical(e, "{Verb} failed", verb.Name);
                await app.DisposeAsync();
                return 1;
            }
        }
        await app.DisposeAsync();
        return 0;
    }
}

using Hotline.Messaging;

namespace Hotline.ServiceDefaults;

/// <summary>Verbs on the command line.</summary>
public static class Verbs
{
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

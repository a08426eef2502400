using System.Globalization;

namespace Hotline.EndToEnd.Tests;

/// <summary>The platform's databases, for looking behind its back.</summary>
public static class Databases
{
    /// <summary>Connection string of a service's database.</summary>
    public static async Task<string> Of(Platform platform, string database)
    {
        var secrets = (await File.ReadAllLinesAsync(Path.Combine(platform.State, "secrets"))).Select(l => l.Split('=', 2))
            .ToDictionary(l => l[0], l => l[1]);
        var port = int.Parse(Platform.Port, CultureInfo.InvariantCulture) + 20;
        return $"Host=127.0.0.1;Port={port};Username=hotline;Password={secrets["POSTGRES_PASSWORD"]};Database={database};Pooling=false";
    }
}

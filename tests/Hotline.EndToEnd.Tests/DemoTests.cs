using Xunit.Sdk;
using Xunit.v3;

namespace Hotline.EndToEnd.Tests;

/// <summary>A morning in towns all over the city: nobody else counts there any more, for it comes last.</summary>
public sealed class DemoTests(Platform platform)
{
    [Fact]
    public async Task The_demo_plays_and_finds_nothing_lost_or_doubled()
    {
        var (code, output) = await Platform.Deploy("demo", "--state", platform.State);
        code.ShouldBe(0, output);
        output.ShouldContain("36 requests played: nothing lost, nothing doubled");
    }
}

/// <summary>By name, the same on every machine, and the demo after everything else.</summary>
public sealed class DemoLast : ITestCollectionOrderer
{
    public IReadOnlyCollection<T> OrderTestCollections<T>(IReadOnlyCollection<T> testCollections) where T : ITestCollection =>
        [.. testCollections.OrderBy(c => c.TestCollectionDisplayName.Contains(nameof(DemoTests), StringComparison.Ordinal))
            .ThenBy(c => c.TestCollectionDisplayName, StringComparer.Ordinal)];
}

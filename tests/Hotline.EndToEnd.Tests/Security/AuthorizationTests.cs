using System.Text;
using System.Text.Json;

namespace Hotline.EndToEnd.Tests.Security;

/// <summary>Every operation of the API documents × everybody who may call it. What each gets is in authorization.approved.txt,
/// reviewed by people; an operation that is not there fails the test.</summary>
public sealed class AuthorizationTests(Platform platform)
{
    [Fact]
    public async Task Everybody_gets_exactly_what_his_role_should()
    {
        var callers = new Callers(platform);
        await callers.Begin();
        var actual = new StringBuilder()
            .AppendLine($"{"operation",-62} {string.Join(' ', Callers.All.Select(c => c.PadRight(16)))}".TrimEnd());
        foreach (var operation in await Operation.All(platform.Http))
        {
            var statuses = new List<string>();
            var offered = operation.Path.StartsWith("/api/vendor/orders/", StringComparison.Ordinal)
                ? await callers.OfferedOrder(callers.VendorId) : Guid.CreateVersion7();
            foreach (var caller in Callers.All)
            {
                var id = caller == "suspended-vendor" && operation.Path.StartsWith("/api/vendor/orders/", StringComparison.Ordinal)
                    ? callers.OrderOfSuspended : offered;
                var status = 0;
                // the books are compared one at a time, and another test's run may be under way
                await Wait.Until(async () => (status = await Send(platform.Http, operation, id, callers.Token(caller))) != 409
                    || operation.Path != "/api/ops/reconciliation", "no other run under way", TimeSpan.FromMinutes(5));
                statuses.Add(status.ToString(System.Globalization.CultureInfo.InvariantCulture).PadRight(16));
            }
            actual.AppendLine($"{operation.Name,-62} {string.Join(' ', statuses)}".TrimEnd());
        }
        var approved = Path.Combine(Platform.Root, "tests/Hotline.EndToEnd.Tests/Security/authorization.approved.txt");
        var received = Path.ChangeExtension(approved, ".received.txt");
        if (await File.ReadAllTextAsync(approved, TestContext.Current.CancellationToken) == actual.ToString()) File.Delete(received);
        else
        {
            await File.WriteAllTextAsync(received, actual.ToString(), TestContext.Current.CancellationToken);
            var known = (await File.ReadAllLinesAsync(approved, TestContext.Current.CancellationToken)).ToHashSet();
            Assert.Fail($"Review what changed, then make {Path.GetFileName(received)} the approved "
                + $"one:\n{string.Join('\n', actual.ToString().Split('\n').Where(l => !known.Contains(l)))}");
        }
    }

    /// <summary>Whoever is in the network and goes round the gateway finds each service as closed.</summary>
    [Fact]
    public async Task Each_service_checks_the_token_itself()
    {
        var callers = new Callers(platform);
        await callers.Begin();
        var environment = (await File.ReadAllLinesAsync(Path.Combine(platform.State, "services.env"),
            TestContext.Current.CancellationToken)).Where(l => l.StartsWith("services__", StringComparison.Ordinal))
            .Select(l => l.Split('=', 2)).ToDictionary(l => l[0].Split("__")[1], l => new Uri(l[1]));
        foreach (var operation in await Operation.All(platform.Http))
        {
            using var http = new HttpClient { BaseAddress = environment[operation.Service] };
            foreach (var caller in (string[])["none", "expired", "wrong-audience", "wrong-signature"])
                (await Send(http, operation, Guid.CreateVersion7(), callers.Token(caller)))
                    .ShouldBe(401, $"{caller}: {operation.Name} at {operation.Service} itself");
        }
    }

    // an empty body and, where one is asked for, an id: enough to be let in or not
    private static async Task<int> Send(HttpClient http, Operation operation, Guid id, string? token)
    {
        var path = System.Text.RegularExpressions.Regex.Replace(operation.Path, @"\{[^}]+\}",
            match => match.Value.Contains("id", StringComparison.OrdinalIgnoreCase) ? id.ToString() : "nobody");
        using var request = new HttpRequestMessage(new HttpMethod(operation.Method), path);
        if (operation.Method is "POST" or "PATCH" or "PUT")
            request.Content = new StringContent(JsonSerializer.Serialize(new { }), Encoding.UTF8, operation.ContentType);
        if (token is not null) request.Headers.Authorization = new("Bearer", token);
        using var response = await http.SendAsync(request);
        return (int)response.StatusCode;
    }
}

using Npgsql;

namespace Hotline.EndToEnd.Tests.Security;

/// <summary>Secrets that are shown once: whoever lost the answer gets it again with the same Idempotency-Key, for ten minutes, and nobody
/// else does.</summary>
public sealed class RepeatedSecretTests(Platform platform)
{
    private static (string, string) Key() => ("Idempotency-Key", Guid.NewGuid().ToString());

    [Fact]
    public async Task A_repeated_request_gets_the_same_secret_and_makes_no_second_one()
    {
        var (vendor, key) = (await platform.A_vendor("密钥测试店", "house.carpentry"), Key());
        var path = $"/api/vendors/{vendor}/credentials";
        var first = await Wait.For(async () => await platform.Supervisor.Post(path, null, key) is { Code: 201 } answer ? answer
            : null, "a credential");
        var again = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => platform.Supervisor.Post(path, null, key)));
        again.ShouldAllBe(a => a.Code == 201 && a.Text("clientSecret") == first.Text("clientSecret"));
        (await platform.TokenRequest((first.Text("clientId"), first.Text("clientSecret")))).IsSuccessStatusCode.ShouldBeTrue();
        (await platform.Supervisor.Post(path, null, Key())).Text("clientSecret")
            .ShouldNotBe(first.Text("clientSecret"), "another key is another request");
    }

    [Fact]
    public async Task Six_equal_requests_at_once_make_one_user_with_one_password()
    {
        var (vendor, key, name) = (await platform.A_vendor("用户测试店", "house.carpentry"), Key(), $"user-{Guid.NewGuid():N}"[..20]);
        var path = $"/api/vendors/{vendor}/users";
        await Wait.Until(async () => (await platform.Supervisor.Get(path)).Code == 200, "the vendor known");
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => platform.Supervisor.Post(path, new { username = name }, key)));
        answers.ShouldAllBe(a => a.Code == 201, string.Join('\n', answers.Select(a => a.ToString())));
        answers.Select(a => $"{a.Body.ToJsonString()} {a.Headers.Location}").Distinct().Count().ShouldBe(1);
        (await platform.Supervisor.Post(path, new { username = "another-name" }, key)).Text("code").ShouldBe("idempotency.key-reused");

        var reset = Key();
        var passwords = await Task.WhenAll(Enumerable.Range(0, 6)
            .Select(_ => platform.Supervisor.Post($"{path}/{name}/password", null, reset)));
        passwords.ShouldAllBe(a => a.Code == 200, string.Join('\n', passwords.Select(a => a.ToString())));
        passwords.Select(a => a.Text("password")).Distinct().Count().ShouldBe(1);

        var delete = Key();
        (await platform.Supervisor.Send(HttpMethod.Delete, $"{path}/{name}", null, delete)).Code.ShouldBe(204);
        (await platform.Supervisor.Send(HttpMethod.Delete, $"{path}/{name}", null, delete)).Code.ShouldBe(204);
        (await platform.Supervisor.Delete($"{path}/{name}")).Code.ShouldBe(404);
    }

    [Fact]
    public async Task After_ten_minutes_a_secret_is_not_shown_again_and_it_is_never_kept_in_the_clear()
    {
        var (vendor, key) = (await platform.A_vendor("过期测试店", "house.carpentry"), Key());
        var path = $"/api/vendors/{vendor}/credentials";
        var first = await Wait.For(async () => await platform.Supervisor.Post(path, null, key) is { Code: 201 } answer ? answer
            : null, "a credential");
        await using var identity = NpgsqlDataSource.Create(await Databases.Of(platform, "identity"));
        await using var clear = identity.CreateCommand("select count(*) from idempotency i where i::text like '%' || $1 || '%'");
        clear.Parameters.AddWithValue(first.Text("clientSecret"));
        (await clear.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe(0L);
        await using var pass = identity.CreateCommand("update idempotency set at = at - interval '11 minutes' where key = $1");
        pass.Parameters.AddWithValue(key.Item2);
        (await pass.ExecuteNonQueryAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
        var late = await platform.Supervisor.Post(path, null, key);
        (late.Code, late.Text("code")).ShouldBe((409, "idempotency.secret-gone"));
    }
}

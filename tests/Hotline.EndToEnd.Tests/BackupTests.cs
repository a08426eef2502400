using System.Globalization;
using Npgsql;

namespace Hotline.EndToEnd.Tests;

/// <summary>A platform of which only a backup is left.</summary>
public sealed class BackupTests(Platform platform)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_backup_taken_at_work_becomes_another_platform_that_has_everything_and_whose_books_agree()
    {
        var folder = Path.Combine(platform.State, "..", "backup");
        await using var watch = new CommandLines();
        var vendor = await platform.A_vendor("备份测试店", "house.carpentry");
        // something that no consumer can take lies in an error queue
        using var broker = platform.Broker();
        await broker.Publish("evaluation-work-facts", "{ this is no message", new { delivery_mode = 2 });
        await Wait.Until(async () => (await Platform.Deploy("redrive", "--state",
            platform.State)).Output.Contains("evaluation-work-facts\t1"), "the poison in the error queue");

        // requests and offers come in before, during and after the backup
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        List<(Guid Id, DateTimeOffset At)> acknowledged = [];
        var work = Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                var request = await platform.Operator.Post("/api/intake/requests", Platform.Request("木工", "14500000321"));
                request.Code.ShouldBe(201, request.ToString());
                acknowledged.Add((request.Id, DateTimeOffset.UtcNow));
                (await platform.Operator.Post("/api/dispatch/orders",
                    new { requestId = request.Id, vendorId = vendor })).Code.ShouldBe(201);
            }
        }, Stop);
        await Wait.Until(() => acknowledged.Count >= 10 || work.IsCompleted, "some requests");
        var began = DateTimeOffset.UtcNow;
        var (code, output) = await Platform.Deploy("backup", "--state", platform.State, folder);
        var during = acknowledged.Count;
        await end.CancelAsync();
        await work;
        code.ShouldBe(0, output);
        output.ShouldContain("1 undelivered messages");
        acknowledged.Count(a => a.At > began).ShouldBeGreaterThan(0, "requests are served while a backup is taken");
        during.ShouldBeGreaterThan(10);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            (File.GetUnixFileMode(file) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)).ShouldBe(UnixFileMode.None, file);

        var (state, number) = (Path.Combine(platform.State, "..", "restored"),
            int.Parse(Platform.Port, CultureInfo.InvariantCulture) + 100);
        var (port, other) = (number.ToString(CultureInfo.InvariantCulture), new LocalStack(Platform.Root, state, number));
        try
        {
            (await Damaged(folder, state, port)).ShouldContain("damaged");
            var restored = await Platform.Deploy("restore", "--state", state, "--port", port, folder);
            restored.Code.ShouldBe(0, restored.Output);
            // tried again, and failed again
            await Wait.Until(async () => (await Platform.Deploy("redrive", "--state", state)).Output.Contains("evaluation-work-facts\t1"),
                "the poison in the restored error queue");
            using (var restoredBroker = other.Broker()) await restoredBroker.Purge("evaluation-work-facts_error");

            var list = Path.Combine(state, "acknowledged");
            await File.WriteAllLinesAsync(list, acknowledged.Where(a => a.At < began).Select(a => a.Id.ToString()), Stop);
            var (agree, books) = await Platform.Deploy("reconcile", "--state", state, "--acknowledged", list);
            agree.ShouldBe(0, books);
            books.ShouldContain("missing 0, doubled 0, stuck 0, disagreeing 0");

            // the settings came along
            (await File.ReadAllTextAsync(Path.Combine(state, "local.env"), Stop))
                .ShouldBe(await File.ReadAllTextAsync(Path.Combine(platform.State, "local.env"), Stop));

            // the keys came along: who called can be read, with the credentials of before
            using var http = new HttpClient { BaseAddress = other.Gateway() };
            var seen = await new SignIn(http, platform.Credential("operator")).Client.Get($"/api/intake/requests/{acknowledged[0].Id}");
            seen.Body["caller"]!["phone"]!.ToString().ShouldBe("14500000321");

            await Put_in_the_place_of_another_it_keeps_that_one(folder, state, port);
            string[] secrets = [.. await SecretsTests.Of(platform.State), .. await SecretsTests.Of(state)];
            var seenLines = await watch.Seen();
            seenLines.ShouldContain(l => l.Contains("pg_dump", StringComparison.Ordinal), "the watch sees what runs");
            seenLines.Where(l => secrets.Any(secret => l.Contains(secret, StringComparison.Ordinal))).ShouldBeEmpty();
        }
        finally
        {
            await broker.Purge("evaluation-work-facts_error");
            await other.Down(purge: true);
        }
    }

    [Fact]
    public async Task A_backup_that_cannot_make_the_events_hold_still_says_who_is_at_work_and_events_go_on_meanwhile()
    {
        var server = platform.Setting("ConnectionStrings__postgres");
        await using var stalled = new NpgsqlConnection($"{server};Database=intake;Application Name=a stalled relay;Pooling=false");
        await stalled.OpenAsync(Stop);
        await using (var take = new NpgsqlCommand("select pg_advisory_lock_shared(hashtext('hotline.relay'))", stalled))
            await take.ExecuteNonQueryAsync(Stop);

        var vendor = await platform.A_vendor("不停的店", "house.carpentry");
        var folder = Path.Combine(platform.State, "..", "no-backup");
        var backup = Platform.Deploy("backup", "--state", platform.State, "--patience", "8", folder);
        var orders = 0;
        while (!backup.IsCompleted)
        {
            // the order can be made when dispatch has heard of the request: events go on, though a lock is waited for again and again
            var request = await platform.Operator.Post("/api/intake/requests", Platform.Request("木工", "14500000323"));
            request.Code.ShouldBe(201, request.ToString());
            await Wait.Until(async () => (await platform.Operator.Post("/api/dispatch/orders",
                new { requestId = request.Id, vendorId = vendor })).Code == 201, "dispatch hears of the request");
            orders++;
        }
        orders.ShouldBeGreaterThan(1);
        var (code, output) = await backup;
        code.ShouldBe(1, output);
        output.ShouldContain("a stalled relay");
        output.ShouldContain("intake");
        Directory.Exists(folder).ShouldBeFalse("half a backup is none");
    }

    // a word in what was replaced is there again when it is started, and gone from the platform that took its place
    private async Task Put_in_the_place_of_another_it_keeps_that_one(string folder, string state, string port)
    {
        using var http = new HttpClient { BaseAddress = new($"http://localhost:{port}") };
        var client = new SignIn(http, platform.Credential("operator")).Client;
        var late = await client.Post("/api/intake/requests", Platform.Request("木工", "14500000322"));
        late.Code.ShouldBe(201, late.ToString());

        var (code, output) = await Platform.Deploy("restore", "--state", state, "--port", port, folder);
        (code, output.Contains("--replace", StringComparison.Ordinal)).ShouldBe((1, true), output);
        (code, output) = await Platform.Deploy("restore", "--state", state, "--port", port, "--replace", folder);
        code.ShouldBe(0, output);
        (await client.Get($"/api/intake/requests/{late.Id}")).Code.ShouldBe(404);
        var aside = Directory.GetDirectories(Path.GetDirectoryName(Path.GetFullPath(state))!, "restored.replaced-*").ShouldHaveSingleItem();
        output.ShouldContain(aside);

        await Platform.Deploy("down", "--state", state);
        try
        {
            (code, output) = await Platform.Deploy("up", "--state", aside);
            code.ShouldBe(0, output);
            (await client.Get($"/api/intake/requests/{late.Id}")).Code.ShouldBe(200);
        }
        finally
        {
            await Platform.Deploy("down", "--state", aside, "--purge");
        }
    }

    private static async Task<string> Damaged(string backup, string state, string port)
    {
        var copy = backup + "-damaged";
        CopyAll(backup, copy);
        var file = Path.Combine(copy, "intake.dump");
        var bytes = await File.ReadAllBytesAsync(file, Stop);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, Stop);
        var (code, output) = await Platform.Deploy("restore", "--state", state, "--port", port, copy);
        code.ShouldBe(1);
        return output;
    }

    private static void CopyAll(string from, string to)
    {
        foreach (var folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories).Prepend(from))
            Directory.CreateDirectory(folder.Replace(from, to));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories)) File.Copy(file, file.Replace(from, to));
    }
}

using Hotline.Contracts.Dispatch;
using Hotline.Contracts.FollowUp;
using Hotline.Contracts.Intake;
using Hotline.Messaging;
using Hotline.ServiceDefaults;
using Npgsql;

namespace Hotline.Services.Tests;

/// <summary>Who a citizen is: sealed wherever it is kept, masked in lists, noted where it is shown in full,
/// erased when its time is over.</summary>
public sealed class PersonalDataTests(IntakeApi intake, DispatchApi dispatch, FollowUpApi followUp, ForgetfulIntake forgetful) :
    IClassFixture<IntakeApi>, IClassFixture<DispatchApi>, IClassFixture<FollowUpApi>, IClassFixture<ForgetfulIntake>
{
    private const string Phone = "14512340987", Requests = "/api/intake/requests", Own = "/api/vendor/orders",
        FollowUps = "/api/follow-ups";

    [Fact]
    public async Task No_table_of_any_service_holds_a_phone_number_or_an_address_that_can_be_read()
    {
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        var request = await intake.Operator.Post(Requests, IntakeApi.Input(Phone), key);
        request.Code.ShouldBe(201);
        var told = await intake.Probe.Hears<RequestRegistered>(r => r.RequestId == request.Id);
        Keys.Personal.Open(told.Citizen).ShouldBe(new Citizen("林女士", Phone, "瑞安广场东边三楼"));
        foreach (var (probe, database) in ((Probe, NpgsqlDataSource)[])[(dispatch.Probe, dispatch.Database),
            (followUp.Probe, followUp.Database)])
        {
            await probe.Tell(told);
            var table = database == dispatch.Database ? "requests" : "contacts";
            await Wait.Until(async () => await Rows(database, table, request.Id.ToString()) == 1, $"{table} filled");
        }
        // the answer kept for the Idempotency-Key is sealed too, and given again
        (await intake.Operator.Post(Requests, IntakeApi.Input(Phone), key)).Body["caller"]!["phone"]!.ToString().ShouldBe(Phone);
        foreach (var database in (NpgsqlDataSource[])[intake.Database, dispatch.Database, followUp.Database])
        {
            foreach (var table in await Tables(database))
            {
                foreach (var secret in (string[])[Phone, "瑞安广场", "林女士"]) (await Rows(database, table, secret))
                    .ShouldBe(0, $"{table} of {database.ConnectionString.Split("Database=")[1].Split(';')[0]} holds {secret}");
            }
        }
    }

    [Fact]
    public async Task Lists_are_masked_and_a_look_at_one_request_is_noted_for_supervisors()
    {
        var id = await intake.A_request("14512340988");
        var item = (await intake.Operator.Get($"{Requests}?phone=14512340988")).Items.Single();
        (item["caller"]!["name"]!.ToString(), item["caller"]!["phone"]!.ToString(), item["address"]!.ToString())
            .ShouldBe(("林**", "145****0988", "****"));
        (await Looks(intake.Supervisor, "/api/intake", id)).ShouldBeEmpty();
        (await intake.As(Roles.Operator, subject: "curious").Get($"{Requests}/{id}")).Body["caller"]!["phone"]!.ToString()
            .ShouldBe("14512340988");
        (await Looks(intake.Supervisor, "/api/intake", id)).ShouldBe(["curious operator view"]);
        (await intake.Supervisor.Get("/api/intake/access-log?actor=curious")).Items.First()["requestNumber"]!.ToString()
            .ShouldBe(item["number"]!.ToString());
        (await intake.Supervisor.Get("/api/intake/access-log?actor=nobody")).Items.ShouldBeEmpty();
        (await intake.Operator.Get("/api/intake/access-log")).Code.ShouldBe(403);
    }

    [Fact]
    public async Task A_vendors_and_a_callbacks_look_is_noted_each_time_the_number_is_shown()
    {
        var (order, vendor, request) = await dispatch.An_order("accept");
        (await dispatch.Vendor(vendor).Get($"{Own}/{order}")).Body["citizen"]!["phone"]!.ToString().ShouldBe(Facts.Phone);
        (await dispatch.Vendor(vendor).Get(Own)).Items.Single()["citizen"]!["phone"]!.ToString().ShouldBe("145****0001");
        (await Looks(dispatch.Supervisor, "/api/dispatch", request.RequestId))
            .ShouldBe([$"{vendor.Name} vendor view", $"{vendor.Name} vendor accept"]);
        (await Number(dispatch.Supervisor, "/api/dispatch", request.RequestId)).ShouldBe(request.Number);

        await followUp.Probe.Tell(request);
        await followUp.Probe.Tell(new OrderCompleted(order, request.RequestId, vendor.VendorId, 7, request.Number, "店",
            "drains.unclog-drain", 1, 1, "好", 0, "店", DateTimeOffset.UtcNow));
        var due = await followUp.Probe.Hears<FollowUpScheduled>(f => f.OrderId == order);
        await Wait.Until(async () => await followUp.Count($"contacts where request_id = '{request.RequestId}'") == 1, "whom to call");
        (await followUp.Operator.Post($"{FollowUps}/{due.FollowUpId}/claim")).Body["citizen"]!["phone"]!.ToString().ShouldBe(Facts.Phone);
        (await followUp.Operator.Post($"{FollowUps}/{due.FollowUpId}/attempts", new { outcome = "busy" })).Body["citizen"]!["phone"]!
            .ToString().ShouldBe("145****0001");
        (await Looks(followUp.Supervisor, "/api/follow-ups", request.RequestId)).ShouldBe(["operator operator claim"]);
        (await Number(followUp.Supervisor, "/api/follow-ups", request.RequestId)).ShouldBe(request.Number);
    }

    [Fact]
    public async Task A_finished_request_is_forgotten_by_all_when_its_time_is_over_and_an_open_one_is_not()
    {
        var (done, open) = (await forgetful.A_request(Phone), await forgetful.A_request(Phone));
        (await forgetful.Operator.Post($"{Requests}/{done}/cancel", new { reason = "林女士说不要了" })).Code.ShouldBe(200);
        var erased = await forgetful.Probe.Hears<RequestErased>(r => r.RequestId == done);
        var view = await forgetful.Operator.Get($"{Requests}/{done}");
        (view.Body["caller"]!["phone"]!.ToString(), view.Text("address"), view.Text("description"), view.Text("cancelReason"),
            view.Text("status")).ShouldBe(("", "", "", "", "cancelled"));
        (await forgetful.Operator.Get($"{Requests}?phone={Phone}")).Items.Single()["id"]!.ToString().ShouldBe(open.ToString());
        await Wait.Until(async () => !(await forgetful.Operator.Get($"{Requests}/{done}/timeline")).Body.ToJsonString().Contains("林女士"),
            "nothing said in the timeline");

        // the others forget too, whichever of the two they hear first
        var told = await forgetful.Probe.Hears<RequestRegistered>(r => r.RequestId == done);
        await dispatch.Probe.Tell(told);
        await dispatch.Probe.Tell(erased);
        await followUp.Probe.Tell(erased);
        await followUp.Probe.Tell(told);
        await Wait.Until(async () => await dispatch.Count($"requests where request_id = '{done}' and erased and registered "
            + "and citizen is null and description = ''") == 1, "dispatch forgot");
        await Wait.Until(async () => await followUp.Count($"contacts where request_id = '{done}' and erased and citizen is null "
            + "and description = ''") == 1, "follow-up forgot");
    }

    [Theory]
    [InlineData("林女士", "林**")]
    [InlineData("𠮷田", "𠮷**")] // one character of two UTF-16 units
    [InlineData("", "")]
    public void A_masked_name_keeps_its_first_character(string name, string masked) =>
        new Citizen(name, "057765000000", "某处").Masked().ShouldBe(new Citizen(masked, "057****0000", "****"));

    private static async Task<string[]> Looks(Client supervisor, string prefix, Guid request) =>
        [.. (await supervisor.Get($"{prefix}/access-log?requestId={request}")).Items
            .Select(i => $"{i["actor"]} {i["role"]} {i["action"]}")];

    private static async Task<string> Number(Client supervisor, string prefix, Guid request) =>
        (await supervisor.Get($"{prefix}/access-log?requestId={request}")).Items.First()["requestNumber"]!.ToString();

    private static async Task<string[]> Tables(NpgsqlDataSource database) =>
        [.. await database.Many<string>("select table_name from information_schema.tables where table_schema = 'public'")];

    private static Task<long> Rows(NpgsqlDataSource database, string table, string text) =>
        database.One<long>($"select count(*) from {table} as t where strpos(t::text, @text) > 0", new { text });
}

/// <summary>Keeps finished requests for a second.</summary>
public sealed class ForgetfulIntake() : IntakeApi(("PersonalData:KeptFor", "00:00:01"));

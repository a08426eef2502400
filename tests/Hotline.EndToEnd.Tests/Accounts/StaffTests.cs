using System.Net;
using System.Text.Json.Nodes;
using Hotline.EndToEnd.Tests.Security;
using Hotline.Wire;

namespace Hotline.EndToEnd.Tests.Accounts;

/// <summary>The life of an account through the API.</summary>
[Collection("Admins")] // one of them ends the sessions of all admins for a moment
public sealed class StaffTests(Platform platform)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Client Admin => platform.As("admin");

    private static string Fresh(string prefix) => $"{prefix}-{Guid.NewGuid():N}"[..20];

    [Fact]
    public async Task A_new_operator_chooses_a_password_first_and_is_named_with_the_seats_number_wherever_they_act()
    {
        var number = Guid.NewGuid().ToString("N")[..6];
        using var person = await Person.New(platform, name: "测试接线员", staffNumber: number);
        var me = JsonNode.Parse(await person.Browser.Text("/session/me"))!;
        (me["name"]!.ToString(), me["role"]!.ToString(), me["staffNumber"]!.ToString()).ShouldBe(("测试接线员", "operator", number));

        var (access, _) = await person.Tokens();
        var operatorClient = new Client(platform.Http, () => Task.FromResult<string?>(access));
        var request = await operatorClient.Post("/api/intake/requests", Platform.Request("疏通"));
        request.Text("registeredBy").ShouldBe($"测试接线员 {number}");
        (await operatorClient.Get($"/api/intake/requests/{request.Id}")).Code.ShouldBe(200);
        var looks = await platform.Supervisor.Get($"/api/intake/access-log?requestId={request.Id}");
        looks.Items.Single()["actor"]!.ToString().ShouldBe($"测试接线员 {number}");
        (await platform.Operator.Get($"/api/intake/requests/{request.Id}/timeline")).Items[0]["actor"]!.ToString()
            .ShouldBe($"测试接线员 {number}");

        // gone for ever, and what was done keeps the name
        (await Admin.Delete($"/api/staff/{person.Id}")).Code.ShouldBe(204);
        (await Admin.Get($"/api/staff/{person.Id}")).Body["deleted"]!.GetValue<bool>().ShouldBeTrue();
        (await platform.Operator.Get($"/api/intake/requests/{request.Id}/timeline")).Items[0]["actor"]!.ToString()
            .ShouldBe($"测试接线员 {number}");
        using var again = new PlainBrowser();
        (await again.SignIn(person.Account)).RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/account/login");
        // the number is free for whoever takes the seat
        (await Admin.Post("/api/staff",
            new { username = Fresh("seat"), name = "接替者", staffNumber = number, role = "operator" })).Code.ShouldBe(201);
    }

    [Fact]
    public async Task A_supervisor_manages_operators_and_an_admin_everybody()
    {
        var supervisor = platform.Supervisor;
        var theirs = await supervisor.Post("/api/staff", new { username = Fresh("op"), name = "甲", role = "operator" });
        theirs.Code.ShouldBe(201, theirs.ToString());
        theirs.Text("password").ShouldNotBeEmpty();
        theirs.Body["mustChangePassword"]!.GetValue<bool>().ShouldBeTrue();
        foreach (var role in (string[])["supervisor", "ops", "admin"])
        {
            var refused = await supervisor.Post("/api/staff", new { username = Fresh("no"), name = "乙", role });
            (refused.Code, refused.Text("code")).ShouldBe((403, "staff.not-yours"), role);
        }
        (await supervisor.Patch($"/api/staff/{theirs.Id}", new { role = "supervisor" })).Text("code")
            .ShouldBe("staff.not-yours", "nobody is raised by a supervisor");
        var other = await Admin.Post("/api/staff", new { username = Fresh("sup"), name = "丙", role = "supervisor" });
        foreach (var refused in (Answer[])[await supervisor.Patch($"/api/staff/{other.Id}", new { name = "丁" }),
            await supervisor.Post($"/api/staff/{other.Id}/password"), await supervisor.Delete($"/api/staff/{other.Id}"),
            await supervisor.Delete($"/api/staff/{other.Id}/sessions"), await supervisor.Get($"/api/staff/{other.Id}/sessions")])
        {
            (refused.Code, refused.Text("code")).ShouldBe((403, "staff.not-yours"));
        }
        (await supervisor.Get($"/api/staff/{other.Id}")).Code.ShouldBe(200, "one sees who there is");
        (await platform.Operator.Get("/api/staff")).Code.ShouldBe(403);
        (await Admin.Get("/api/intake/requests")).Code.ShouldBe(403, "an admin has no orders");

        var changed = await Admin.Patch($"/api/staff/{other.Id}", new { name = "丁", role = "ops" }, ("If-Match", "\"1\""));
        (changed.Code, changed.Text("name"), changed.Text("role"), changed.ETag).ShouldBe((200, "丁", "ops", "\"2\""));
        (await Admin.Patch($"/api/staff/{other.Id}", new { name = "戊" }, ("If-Match", "\"1\""))).Code.ShouldBe(412);
        (await Admin.Patch($"/api/staff/{other.Id}", new { name = "丁" })).ETag.ShouldBe("\"2\"", "nothing changed");
        (await Admin.Get($"/api/staff/{Guid.CreateVersion7()}")).Code.ShouldBe(404);
    }

    [Fact]
    public async Task Nobody_raises_themselves_and_the_last_admin_stays()
    {
        using var admin = await Person.New(platform, "admin");
        var (access, _) = await admin.Tokens();
        var self = new Client(platform.Http, () => Task.FromResult<string?>(access));
        (await self.Patch($"/api/staff/{admin.Id}", new { role = "supervisor" })).Text("code").ShouldBe("staff.own-role");
        (await self.Patch($"/api/staff/{admin.Id}", new { active = false })).Text("code").ShouldBe("staff.own-role");
        (await self.Delete($"/api/staff/{admin.Id}")).Text("code").ShouldBe("staff.own-role");
        // two who end each other at once: one of them stays
        var first = (await self.Get("/api/staff?role=admin&limit=200")).Items.Where(i => i["active"]!.GetValue<bool>()
            && i["id"]!.ToString() != admin.Id.ToString()).ToArray();
        foreach (var other in first) (await self.Patch($"/api/staff/{other["id"]}", new { active = false })).Code.ShouldBe(200);
        try
        {
            var last = await Admin.Patch($"/api/staff/{admin.Id}", new { active = false }); // the system's credential is no person
            (last.Code, last.Text("code")).ShouldBe((409, "staff.last-admin"));
        }
        finally
        {
            foreach (var other in first) (await Admin.Patch($"/api/staff/{other["id"]}", new { active = true })).Code.ShouldBe(200);
        }
        (await Admin.Delete($"/api/staff/{admin.Id}")).Code.ShouldBe(204);
    }

    [Fact]
    public async Task Faulty_accounts_are_named_by_field_and_taken_names_and_numbers_refused()
    {
        var (username, number) = (Fresh("dup"), Guid.NewGuid().ToString("N")[..8]);
        (await Admin.Post("/api/staff", new { username, name = "甲", staffNumber = number, role = "operator" })).Code.ShouldBe(201);
        var taken = await Admin.Post("/api/staff",
            new { username = username.ToUpperInvariant(), name = "乙", staffNumber = number, role = "operator" });
        (taken.Code, taken.Text("code")).ShouldBe((409, "username.taken"));
        taken.Faults.ShouldBe(["staffNumber", "username"], "all that is taken");
        (await Admin.Post("/api/staff", new { username = Fresh("dup"), name = "乙", staffNumber = number, role = "operator" })).Text("code")
            .ShouldBe("staff-number.taken");
        (await Admin.Post("/api/staff", new { username = "ab\n", name = "", staffNumber = "1 2", role = "vendor" })).Faults
            .ShouldBe(["name", "role", "staffNumber", "username"]);
        (await Admin.Post("/api/staff", new { username = "abcd\n", name = "甲", role = "operator" })).Faults.ShouldBe(["username"]);
    }

    [Fact]
    public async Task A_file_of_people_is_imported_whole_or_not_at_all()
    {
        var (one, two) = (Fresh("csv"), Fresh("csv"));
        var faulty = await Import($"username,name,staffNumber,role\n{one},甲,,operator\nx,乙,,operator\n{one},丙,,chief\n");
        (faulty.Code, faulty.Text("code")).ShouldBe((400, "csv.faulty"));
        faulty.Body["lines"]!.AsArray().Select(l => $"{l!["line"]} {l["field"]}")
            .ShouldBe(["3 username", "4 role", "4 username"], ignoreOrder: true);
        (await Admin.Get($"/api/staff?q={one}")).Items.ShouldBeEmpty();

        var good = await Import($"\uFEFFusername,name,staffNumber,role\r\n{one},\"甲, 新\",,operator\r\n{two},乙,,supervisor\r\n");
        (good.Code, good.Body["created"]?.GetValue<int>()).ShouldBe((201, 2), good.ToString());
        good.Items.Select(i => i["name"]!.ToString()).ShouldBe(["甲, 新", "乙"]);
        using var browser = new PlainBrowser();
        (await browser.SignIn((one, good.Items[0]["password"]!.ToString()))).RequestMessage!.RequestUri!.AbsolutePath
            .ShouldBe("/account/password");

        // what is wrong by itself and what others have stand in one report, which names columns as the file does
        var mixed = await Import($"用户名,姓名,工号,角色\n{one},丙,,operator\n{Fresh("csv")},丁,1 2,operator\n{Fresh("csv")},戊\n");
        mixed.Body["lines"]!.AsArray().Select(l => $"{l!["line"]} {l["field"]} {l["column"]}")
            .ShouldBe(["2 username 用户名", "3 staffNumber 工号", "4  "]);
        mixed.Body["lines"]![2]!["message"]!.ToString().ShouldContain("列数不符");
        (await Import($"用户名,姓名,角色\n{Fresh("csv")},己,operator\n")).Code.ShouldBe(201);
        (await Import("用户名,姓名\nabc,己\n")).Body["lines"]![0]!["message"]!.ToString().ShouldContain("缺少列");

        (await Import("name,role\n甲,operator\n")).Body["lines"]![0]!["line"]!.GetValue<int>().ShouldBe(1);
        (await Import("username,name,staffNumber,role\n")).Code.ShouldBe(400);
        (await platform.Supervisor.Raw("/api/staff/import", $"username,name,staffNumber,role\n{Fresh("csv")},甲,,admin\n",
            "text/csv")).Body["lines"]![0]!["field"]!.ToString().ShouldBe("role");
        using var gbk = new ByteArrayContent([.. "username,name,staffNumber,role\nabc,"u8, 0xC4, 0xE3, .. ",,operator\n"u8]);
        gbk.Headers.ContentType = new("text/csv");
        using var sent = new HttpRequestMessage(HttpMethod.Post, "/api/staff/import") { Content = gbk };
        sent.Headers.Authorization = new("Bearer", await platform.TokenOf(platform.Credential("admin")));
        using var answer = await platform.Http.SendAsync(sent, Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync(Stop)).ShouldContain("UTF-8");
    }

    [Fact]
    public async Task A_systems_credential_works_until_it_is_rotated_or_deleted_and_its_tokens_end_with_it()
    {
        var made = await Admin.Post("/api/systems", new { name = "测试脚本", role = "operator" });
        made.Code.ShouldBe(201, made.ToString());
        var (id, first) = (made.Text("clientId"), made.Text("clientSecret"));
        var old = platform.As((id, first));
        (await old.Get("/api/intake/requests?limit=1")).Code.ShouldBe(200);
        var rotated = await Admin.Post($"/api/systems/{id}/secret");
        rotated.Code.ShouldBe(200);
        await Wait.Until(async () => (await old.Get("/api/intake/requests?limit=1")).Code == 401,
            "what was got with the old secret is void");
        (await platform.TokenRequest((id, first))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var renewed = platform.As((id, rotated.Text("clientSecret")));
        (await renewed.Get("/api/intake/requests?limit=1")).Code.ShouldBe(200);
        (await Admin.Get("/api/systems")).Items.ShouldContain(s => s["clientId"]!.ToString() == id);
        (await Admin.Delete($"/api/systems/{id}")).Code.ShouldBe(204);
        await Wait.Until(async () => (await renewed.Get("/api/intake/requests?limit=1")).Code == 401, "its tokens are void");
        (await Admin.Delete($"/api/systems/{id}")).Code.ShouldBe(404);
        (await Admin.Delete("/api/systems/hotline-ops")).Text("code").ShouldBe("system.built-in");
        (await Admin.Post("/api/systems", new { name = " ", role = "vendor" })).Faults.ShouldBe(["name", "role"]);
        (await platform.Supervisor.Get("/api/systems")).Code.ShouldBe(403);
    }

    [Fact]
    public async Task Every_change_is_in_the_audit_log_that_admins_read()
    {
        var made = await Admin.Post("/api/staff", new { username = Fresh("audit"), name = "甲", role = "operator" });
        await Admin.Patch($"/api/staff/{made.Id}", new { role = "supervisor" });
        await Admin.Post($"/api/staff/{made.Id}/password");
        await Admin.Delete($"/api/staff/{made.Id}");
        var log = (await Admin.Get($"/api/staff/audit?target={made.Id}")).Items;
        log.Select(e => e["action"]!.ToString()).ShouldBe(["deleted", "passwordGiven", "changed", "created"]);
        log[2]["details"]!.ToString().ShouldBe("role: operator -> supervisor");
        log.ShouldAllBe(e => e["actor"]!.ToString() == "admin");
        (await platform.Supervisor.Get("/api/staff/audit")).Code.ShouldBe(403);
    }

    [Fact]
    public async Task The_audit_log_is_searched_by_name_and_number_and_by_action_and_day()
    {
        var (number, name) = (Guid.NewGuid().ToString("N")[..10], $"查询{Guid.NewGuid():N}"[..12]);
        var made = await Admin.Post("/api/staff", new { username = Fresh("log"), name, staffNumber = number, role = "operator" });
        await Admin.Patch($"/api/staff/{made.Id}", new { role = "supervisor" });
        foreach (var words in (string[])[name, number, $"{name} {number}", made.Text("username")])
            (await Found($"target={Uri.EscapeDataString(words)}")).ShouldBe(["changed", "created"], words);
        (await Found($"target={number}&action=created")).ShouldBe(["created"]);
        var day = DateTimeOffset.UtcNow.ToLocal();
        (await Found($"target={number}&from={day:yyyy-MM-dd}")).Length.ShouldBe(2);
        (await Found($"target={number}&to={day.AddDays(-2):yyyy-MM-dd}")).ShouldBeEmpty();
        (await Admin.Get($"/api/staff/audit?target={number}")).Items[0]["targetName"]!.ToString().ShouldBe($"{name} {number}");
        (await Admin.Get("/api/staff/audit?action=eaten&from=today")).Faults.ShouldBe(["action", "from"]);
        (await Admin.Get($"/api/staff?q={Uri.EscapeDataString($"{number} {name}")}")).Items.ShouldHaveSingleItem();
        (await Admin.Get($"/api/staff?q={Uri.EscapeDataString($"{number} nobody")}")).Items.ShouldBeEmpty();

        async Task<string[]> Found(string query) =>
            [.. (await Admin.Get($"/api/staff/audit?{query}")).Items.Select(e => e["action"]!.ToString())];
    }

    [Fact]
    public async Task Six_at_once_are_all_answered()
    {
        var vendor = await platform.A_vendor("并发测试店", "house.carpentry");
        await Wait.Until(async () => (await platform.Supervisor.Get($"/api/vendors/{vendor}/users")).Code == 200,
            "the vendor known to identity");
        var username = Fresh("six");
        async Task<int[]> Six(Func<Task<Answer>> ask) =>
            [.. (await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => ask()))).Select(a => a.Code).Order()];
        (await Six(() => platform.Supervisor.Post($"/api/vendors/{vendor}/users", new { username })))
            .ShouldBe([201, 409, 409, 409, 409, 409]);
        (await Six(() => platform.Supervisor.Post($"/api/vendors/{vendor}/users/{username}/password"))).ShouldAllBe(code => code == 200);
        (await Six(() => platform.Supervisor.Post($"/api/vendors/{vendor}/credentials"))).ShouldAllBe(code => code == 201);
        (await Six(() => platform.Supervisor.Delete($"/api/vendors/{vendor}/credentials"))).ShouldBe([204, 404, 404, 404, 404, 404]);
        (await Six(() => platform.Supervisor.Delete($"/api/vendors/{vendor}/users/{username}"))).ShouldBe([204, 404, 404, 404, 404, 404]);
    }

    private Task<Answer> Import(string csv) => Admin.Raw("/api/staff/import", csv, "text/csv");
}

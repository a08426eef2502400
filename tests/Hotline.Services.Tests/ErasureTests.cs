using System.Reflection;
using Hotline.Contracts.Dispatch;
using Hotline.Contracts.FollowUp;
using Hotline.Contracts.Intake;
using Hotline.Messaging;
using Hotline.ServiceDefaults;
using Hotline.Wire.Dispatch;
using Hotline.Wire.FollowUps;
using Hotline.Wire.Intake;
using Npgsql;

namespace Hotline.Services.Tests;

/// <summary>What anybody wrote about a citizen is gone from every table and queue once the request's time is over.
/// The services run together.</summary>
public sealed class ErasureTests(ForgetfulPlatform platform) : IClassFixture<ForgetfulPlatform>
{
    /// <summary>Fields of the API that hold codes, numbers of telephones and the like; any other text is free,
    /// and is planted below.</summary>
    private static readonly string[] Codes =
    [
        "RegisterInput.Channel", "RegisterInput.DialledNumber", "RegisterInput.AreaCode", "RegisterInput.CategoryCode",
        "RegisterInput.Keyword", "RegisterInput.Urgency",
        "CallerInput.Phone", "CancelInput.Cause", "CategoryInput.CategoryCode", "CorrectInput.AreaCode", "AttemptInput.Outcome",
        "StaffingGroupInput.Name", // of a team, and kept nowhere
    ];

    /// <summary>Fields that are sealed: their words are not found even before.</summary>
    private static readonly string[] Sealed = ["CallerInput.Name", "RegisterInput.Address", "CorrectInput.Address"];

    private readonly HashSet<string> _planted = [];

    private string Word(string field)
    {
        _planted.Add(field);
        return $"植{field}词";
    }

    [Fact]
    public async Task No_word_of_a_forgotten_citizen_is_left_in_any_table_or_queue()
    {
        var (served, cancelled, unknown) = (await Served(), await Cancelled(), Guid.CreateVersion7());
        Texts(typeof(RegisterInput), typeof(OfferInput), typeof(AttemptInput)).Except(Codes).Order()
            .ShouldBe(_planted.Order(), "a free-text field of the API that is not planted here, or not said to be a code");
        foreach (var field in _planted.Except(Sealed)) (await Found($"植{field}词")).ShouldNotBeEmpty(field);

        // an event that its consumer cannot take lies in the error queue with what was said
        await platform.Intake.Probe.Tell(new OrderCancelled(Guid.CreateVersion7(), unknown, Guid.CreateVersion7(), 2, "accepted", "植event词",
            "op", DateTimeOffset.UtcNow));
        await Wait.Until(async () => (await platform.Errors())["intake-request-progress"] == 1, "the event in the error queue");
        await platform.Intake.Probe.Tell(new RequestErased(unknown, 2, DateTimeOffset.UtcNow));

        await platform.Intake.Scalar<int>("with passes as (update requests set registered_at = now() - interval '3 years' "
            + $"where id in ('{served}', '{cancelled}') returning 1) select count(*)::int from passes");
        foreach (var request in (Guid[])[served, cancelled]) await platform.Intake.Probe.Hears<RequestErased>(e => e.RequestId == request);
        await Wait.Until(async () => (await Found("植")).Length == 0, "no word in any table");
        foreach (var table in (string[])["followers", "notifications"])
            (await platform.Intake.Count($"{table} where request_id = '{served}'")).ShouldBe(0, table);
        await Wait.Until(async () => await platform.Intake.Count($"erased where swept and request_id = '{unknown}'") == 1,
            "the error queues swept");
        var kept = await Servers.Take(platform.VirtualHost, "intake-request-progress_error");
        kept.Count.ShouldBe(1);
        kept[0]!["payload"]!.ToString().ShouldContain(unknown.ToString());
        kept[0]!["payload"]!.ToString().ShouldNotContain("植");

        // what is heard later brings no word back
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await platform.Intake.Probe.Tell(new OrderUnfulfilled(Guid.CreateVersion7(), served, Guid.CreateVersion7(), 9, "RA", "店",
            "drains.unclog-drain", "植late词", DateTimeOffset.UtcNow), first);
        await platform.Intake.Probe.Tell(new FollowUpCompleted(
            Guid.CreateVersion7(), served, null, null, 9, "declined", 1, false, null, null, "植late词", "op", DateTimeOffset.UtcNow), second);
        await Wait.Until(async () => await platform.Intake.Count($"inbox where message_id in ('{first}', "
            + $"'{second}') and consumer = 'intake-request-progress'") == 2, "the late events");
        (await Found("植")).ShouldBeEmpty();
        (await platform.Intake.Operator.Get($"/api/intake/requests/{served}/timeline")).Items.Length.ShouldBeGreaterThan(15,
            "what happened and when stays");
        (await platform.FollowUp.As(Roles.Vendor, platform.Vendor)
            .Get("/api/vendor/feedback")).Items.Single()["satisfaction"]!.GetValue<int>().ShouldBe(1);
    }

    // a request on which everything is written that can be
    private async Task<Guid> Served()
    {
        var (desk, id) = (platform.Dispatch.Operator, await Register());
        await Must(platform.Intake.Operator.Patch($"/api/intake/requests/{id}",
            new { address = Word("CorrectInput.Address"), reason = Word("CorrectInput.Reason") }));
        (await platform.Intake.Operator.Post($"/api/intake/requests/{id}/notes", new { text = Word("NoteInput.Text") })).Code.ShouldBe(201);
        var rejected = await Offer(id, new { reason = Word("OverrideInput.Reason") });
        await Act(rejected, "reject", new { reason = Word("ReasonInput.Reason") });
        var declined = await Offer(id);
        await Act(declined, "accept");
        await Act(declined, "contact", new { note = Word("ContactInput.Note") });
        await Act(declined, "quote", new { amount = 500, note = Word("QuoteInput.Note") });
        await Must(desk.Post($"/api/dispatch/orders/{declined}/quote/decline", new { reason = Word("ReasonInput.Reason") }));
        var failed = await Offer(id);
        await Act(failed, "accept");
        await Must(desk.Post($"/api/dispatch/orders/{failed}/cancel", new { reason = Word("ReasonInput.Reason") }));
        var done = await Offer(id);
        foreach (var action in (string[])["accept", "contact", "quote"]) await Act(done, action, DispatchApi.Body(action));
        await Must(desk.Post($"/api/dispatch/orders/{done}/quote/accept", new { amount = 120 }));
        foreach (var action in (string[])["appointment", "arrive"]) await Act(done, action, DispatchApi.Body(action));
        await Act(done, "complete", new { finalAmount = 120, summary = Word("CompleteInput.Summary"), warrantyDays = 0 });
        var callback = await Wait.For(
            async () => (await platform.FollowUp.Operator.Get($"/api/follow-ups?requestId={id}&status=open")).Items is [var only]
            && only["kind"]!.ToString() == "service" ? only["id"]!.ToString() : null, "the callback about the service");
        await Must(platform.FollowUp.Operator.Post($"/api/follow-ups/{callback}/claim"));
        await Must(platform.FollowUp.Operator.Post($"/api/follow-ups/{callback}/complete", new
        {
            satisfaction = 1,
            resolved = false,
            punctual = false,
            priceAsQuoted = false,
            comment = Word("CompleteInput.Comment"),
            complaint = new { description = Word("ComplaintInput.Description") },
        }));
        await Wait.Until(async () => (await platform.Intake.Operator.Get($"/api/intake/requests/{id}")).Text("status") == "closed",
            "the request closed");
        await platform.Intake.Probe.Hears<ComplaintRaised>(c => c.RequestId == id);
        return id;
    }

    private async Task<Guid> Cancelled()
    {
        var id = await Register();
        await Must(platform.Intake.Operator.Post($"/api/intake/requests/{id}/cancel", new { reason = Word("CancelInput.Reason") }));
        return id;
    }

    private async Task<Guid> Register()
    {
        var answer = await platform.Intake.Operator.Post("/api/intake/requests", new
        {
            channel = "phone",
            dialledNumber = "12345",
            caller = new { name = Word("CallerInput.Name"), phone = "14500000001" },
            areaCode = "330381001",
            address = Word("RegisterInput.Address"),
            categoryCode = "drains.unclog-drain",
            description = Word("RegisterInput.Description"),
        });
        answer.Code.ShouldBe(201, answer.ToString());
        return answer.Id;
    }

    private async Task<Guid> Offer(Guid request, object? @override = null)
    {
        var answer = await platform.Dispatch.Operator.Post("/api/dispatch/orders",
            new { requestId = request, vendorId = platform.Vendor, @override });
        answer.Code.ShouldBe(201, answer.ToString());
        return answer.Id;
    }

    private Task Act(Guid order, string action, object? body = null) =>
        Must(platform.Dispatch.As(Roles.Vendor, platform.Vendor).Post($"/api/vendor/orders/{order}/{action}", body));

    private static async Task Must(Task<Answer> answer) => (await answer).Code.ShouldBe(200, (await answer).ToString());

    /// <summary>Tables of all services in which a text is found.</summary>
    private async Task<string[]> Found(string text)
    {
        var found = new List<string>();
        foreach (var database in platform.Databases)
        {
            foreach (var table in await database.Many<string>("select table_name from information_schema.tables "
                + "where table_schema = 'public'"))
            {
                if (await database.One<long>($"select count(*) from {table} as t where strpos(t::text, @text) > 0", new { text }) > 0)
                    found.Add(table);
            }
        }
        return [.. found];
    }

    private static IEnumerable<string> Texts(params Type[] of) => of
        .SelectMany(one => one.Assembly.GetTypes()
            .Where(t => t.Namespace == one.Namespace && t.Name.EndsWith("Input", StringComparison.Ordinal)))
        .SelectMany(t => t.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.PropertyType == typeof(string))
            .Select(p => $"{t.Name}.{p.Name}"));
}

/// <summary>A request that never finishes is forgotten too, and nothing goes on with it.</summary>
public sealed class UnfinishedErasureTests(ImpatientIntake intake, DispatchApi dispatch, FollowUpApi followUp) :
    IClassFixture<ImpatientIntake>, IClassFixture<DispatchApi>, IClassFixture<FollowUpApi>
{
    [Fact]
    public async Task An_unfinished_request_is_forgotten_after_its_grace()
    {
        var open = await intake.A_request();
        await intake.Probe.Hears<RequestErased>(e => e.RequestId == open);
        var view = await intake.Operator.Get($"/api/intake/requests/{open}");
        (view.Body["caller"]!["phone"]!.ToString(), view.Text("description"), view.Text("status")).ShouldBe(("", "", "registered"));
        (await intake.Operator.Post($"/api/intake/requests/{open}/cancel", new { reason = "林女士不要了" })).Text("cancelReason").ShouldBe("");
    }

    [Fact]
    public async Task Its_order_is_taken_back_and_it_is_offered_to_nobody()
    {
        var (id, vendor, request) = await dispatch.An_order("accept", "contact");
        await dispatch.Probe.Tell(new RequestErased(request.RequestId, 3, DateTimeOffset.UtcNow));
        await dispatch.Until(id, "cancelled");
        await dispatch.Probe.Hears<OrderCancelled>(o => o.OrderId == id);
        dispatch.Probe.Heard<OrderUnfulfilled>().ShouldNotContain(o => o.OrderId == id);
        (await dispatch.Operator.Post("/api/dispatch/orders", new { requestId = request.RequestId, vendorId = vendor.VendorId }))
            .Text("code").ShouldBe("order.request-erased");
    }

    [Fact]
    public async Task Nobody_is_called_whose_number_is_forgotten()
    {
        var (request, order) = (Facts.Request(), Guid.CreateVersion7());
        await followUp.Probe.Tell(request);
        await followUp.Probe.Tell(new OrderCompleted(order, request.RequestId, Guid.CreateVersion7(), 7, request.Number, "店",
            "drains.unclog-drain", 1, 1, "好", 0, "店", DateTimeOffset.UtcNow));
        var due = await followUp.Probe.Hears<FollowUpScheduled>(f => f.OrderId == order);
        await followUp.Probe.Tell(new RequestErased(request.RequestId, 3, DateTimeOffset.UtcNow));
        (await followUp.Probe.Hears<FollowUpUnreachable>(f => f.FollowUpId == due.FollowUpId)).By.ShouldBe("system");
        (await followUp.Operator.Post($"/api/follow-ups/{due.FollowUpId}/claim")).Text("code").ShouldBe("follow-up.closed");
    }
}

/// <summary>Keeps no request for longer than two seconds, finished or not.</summary>
public sealed class ImpatientIntake() : IntakeApi(("PersonalData:KeptFor", "00:00:01"), ("PersonalData:UnfinishedGrace", "00:00:01"));

/// <summary>All services that hear of requests, on one virtual host. Finished requests are kept for a minute,
/// and it is looked every six seconds.</summary>
public sealed class ForgetfulPlatform : IAsyncLifetime
{
    public ForgetfulPlatform()
    {
        Intake = new("intake", VirtualHost, ("PersonalData:KeptFor", "00:01:00"));
        Registry = new("vendor-registry", VirtualHost);
        Dispatch = new("dispatch", VirtualHost);
        FollowUp = new("follow-up", VirtualHost);
        Evaluation = new("evaluation", VirtualHost);
    }

    public string VirtualHost { get; } = Servers.Fresh("forgetful");

    public Service<Intake.Requests.Request> Intake { get; }

    public Service<VendorRegistry.Vendors.Vendor> Registry { get; }

    public Service<Dispatch.Orders.Order> Dispatch { get; }

    public Service<FollowUps.FollowUps.FollowUp> FollowUp { get; }

    public Service<Evaluation.Scores.Score> Evaluation { get; }

    public NpgsqlDataSource[] Databases => [Intake.Database, Registry.Database, Dispatch.Database, FollowUp.Database, Evaluation.Database];

    /// <summary>A vendor of the alliance that fits.</summary>
    public Guid Vendor { get; private set; }

    public async ValueTask InitializeAsync()
    {
        await Intake.InitializeAsync();
        await Registry.InitializeAsync();
        await Dispatch.InitializeAsync();
        await FollowUp.InitializeAsync();
        await Evaluation.InitializeAsync();
        Vendor = (await Registry.Supervisor.Post("/api/vendors", RegistryApi.Application())).Id;
        await Registry.Supervisor.Post($"/api/vendors/{Vendor}/approve");
        await Wait.Until(async () => await Dispatch.Count($"vendors where vendor_id = '{Vendor}'") == 1, "the vendor known");
    }

    /// <summary>Messages in intake's error queues, by queue.</summary>
    public async Task<Dictionary<string, uint>> Errors()
    {
        var depths = (await Intake.As(Roles.Ops).Get("/api/ops/intake")).Body["queues"]!.AsArray();
        return depths.ToDictionary(q => q!["name"]!.ToString(), q => q!["errors"]!.GetValue<uint>());
    }

    public async ValueTask DisposeAsync()
    {
        await Evaluation.DisposeAsync();
        await FollowUp.DisposeAsync();
        await Dispatch.DisposeAsync();
        await Registry.DisposeAsync();
        await Intake.DisposeAsync();
    }
}

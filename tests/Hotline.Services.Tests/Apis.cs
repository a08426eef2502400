using Hotline.Contracts.Intake;
using Hotline.Contracts.Vendors;
using Hotline.Messaging;
using Hotline.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection;

namespace Hotline.Services.Tests;

public class IntakeApi : Service<Intake.Requests.Request>, IAsyncLifetime
{
    public IntakeApi() : base("intake") { }

    protected IntakeApi(params (string, string)[] settings) : base("intake", null, settings) { }

    public static object Input(string phone = "14500000001", string description = "厨房下水道堵了") => new
    {
        channel = "phone",
        dialledNumber = "12345",
        caller = new { name = "林女士", phone },
        areaCode = "330381001",
        address = "瑞安广场东边三楼",
        keyword = "下水道堵了",
        description,
        urgency = "normal",
    };

    public async Task<Guid> A_request(string phone = "14500000001")
    {
        var answer = await Operator.Post("/api/intake/requests", Input(phone));
        answer.Code.ShouldBe(201, answer.ToString());
        return answer.Id;
    }
}

public sealed class RegistryApi() : Service<VendorRegistry.Vendors.Vendor>("vendor-registry"), IAsyncLifetime
{
    public static object Application(
        string name = "测试疏通店", string category = "drains.unclog-drain", string area = "330381001", object? hours = null) => new
        {
            name,
            phone = "0577-65000000",
            contactName = "联系人",
            services = new[] { new { categoryCode = category, priceFrom = 80, priceTo = 150, unit = "次" } },
            coverage = new[] { area },
            hours,
        };

    public async Task<Guid> A_member(
        string name = "测试疏通店", string category = "drains.unclog-drain", string area = "330381001", object? hours = null)
    {
        var vendor = (await Supervisor.Post("/api/vendors", Application(name, category, area, hours))).Id;
        (await Supervisor.Post($"/api/vendors/{vendor}/approve")).Code.ShouldBe(200);
        return vendor;
    }

    public async Task<Guid[]> Matches(string word = "疏通", string area = "330381001")
    {
        var match = await Operator.Get($"/api/vendors/match?q={Uri.EscapeDataString(word)}&area={area}&limit=50");
        return [.. match.Items.Select(i => Guid.Parse(i["vendorId"]!.ToString()))];
    }

    public async Task Seed_demo_vendors()
    {
        await using var scope = Services.CreateAsyncScope();
        await Services.GetServices<Verb>().Single(v => v.Name == "seed-demo").Run(scope.ServiceProvider, []);
    }
}

public class DispatchApi : Service<Dispatch.Orders.Order>, IAsyncLifetime
{
    public DispatchApi() : base("dispatch") { }

    public async Task<RequestRegistered> A_request()
    {
        var request = Facts.Request();
        await Probe.Tell(request);
        await Wait.Until(async () => await Count($"requests where request_id = '{request.RequestId}' and registered") == 1,
            "the request known");
        return request;
    }

    public async Task<VendorAdmitted> A_vendor(Func<VendorAdmitted, VendorAdmitted>? but = null)
    {
        var vendor = but is null ? Facts.Vendor() : but(Facts.Vendor());
        await Probe.Tell(vendor);
        await Wait.Until(async () => await Count($"vendors where vendor_id = '{vendor.VendorId}'") == 1, "the vendor known");
        return vendor;
    }

    public Client Vendor(VendorAdmitted vendor) => As(Roles.Vendor, vendor.VendorId, vendor.Name);

    /// <summary>An order on which the vendor did what is listed; "agree" is the operator's part.</summary>
    public async Task<(Guid Id, VendorAdmitted Vendor, RequestRegistered Request)> An_order(params string[] actions)
    {
        var (request, vendor) = (await A_request(), await A_vendor());
        var order = (await Operator.Post("/api/dispatch/orders", new { requestId = request.RequestId, vendorId = vendor.VendorId })).Id;
        foreach (var action in actions)
        {
            var answer = action == "agree" ? await Operator.Post($"/api/dispatch/orders/{order}/quote/accept")
                : await Vendor(vendor).Post($"/api/vendor/orders/{order}/{action}", Body(action));
            answer.Code.ShouldBe(200, $"{action}: {answer}");
        }
        return (order, vendor, request);
    }

    public static object? Body(string action) => action switch
    {
        "reject" => new { reason = "人手不够" },
        "contact" => new { note = "马上来" },
        "quote" => new { amount = 120, note = "含人工" },
        "appointment" => new { startsAt = DateTimeOffset.UtcNow.AddHours(1), endsAt = DateTimeOffset.UtcNow.AddHours(2) },
        "complete" => new { finalAmount = 120, summary = "疏通完毕", warrantyDays = 30 },
        _ => null,
    };

    public async Task Until(Guid order, string status) =>
        await Wait.Until(async () => (await Operator.Get($"/api/dispatch/orders/{order}")).Text("status") == status, $"the order {status}");
}

public sealed class FollowUpApi() : Service<FollowUps.FollowUps.FollowUp>("follow-up"), IAsyncLifetime;

public sealed class EvaluationApi() : Service<Evaluation.Scores.Score>("evaluation"), IAsyncLifetime
{
    public async Task<VendorAdmitted> A_vendor(string name = "测试店")
    {
        var vendor = Facts.Vendor(name: name);
        await Probe.Tell(vendor);
        await Wait.Until(async () => await Count($"vendors where vendor_id = '{vendor.VendorId}'") == 1, "the vendor known");
        return vendor;
    }
}

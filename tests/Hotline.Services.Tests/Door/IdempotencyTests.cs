using Hotline.ServiceDefaults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hotline.Services.Tests.Door;

/// <summary>A repeated request has its effect once, and is answered by today's rules.</summary>
public sealed class IdempotencyTests(IntakeApi intake, DispatchApi dispatch, RegistryApi registry, EvaluationApi evaluation,
    FollowUpApi followUp) :
    IClassFixture<IntakeApi>, IClassFixture<DispatchApi>, IClassFixture<RegistryApi>, IClassFixture<EvaluationApi>,
        IClassFixture<FollowUpApi>
{
    private const string Requests = "/api/intake/requests", Orders = "/api/dispatch/orders", Own = "/api/vendor/orders";

    private static (string, string) Key() => ("Idempotency-Key", Guid.NewGuid().ToString());

    [Fact]
    public async Task Six_equal_requests_at_once_are_one_and_all_are_answered_alike()
    {
        for (var round = 0; round < 5; round++)
        {
            var (request, vendor, key) = (await dispatch.A_request(), await dispatch.A_vendor(), Key());
            await Alike(201, () => dispatch.Operator.Post(Orders, new { requestId = request.RequestId, vendorId = vendor.VendorId }, key));
            await Alike(201, () => intake.Operator.Post(Requests, IntakeApi.Input($"1450001000{round}"), key));
            await Alike(201, () => intake.As("cti").Post(Requests, IntakeApi.Input($"1450002000{round}"), key)); // who sees it masked
            await Alike(201, () => registry.Supervisor.Post("/api/vendors", RegistryApi.Application(), key));
            var sanctioned = await evaluation.A_vendor();
            await Alike(201, () => evaluation.Supervisor.Post("/api/evaluation/sanctions",
                new { vendorId = sanctioned.VendorId, kind = "termination", reason = "x" }, key));
            var (order, vendor2, _) = await dispatch.An_order();
            await Alike(200, () => dispatch.Vendor(vendor2).Post($"{Own}/{order}/accept", null, key));
        }
    }

    private static async Task Alike(int status, Func<Task<Answer>> send)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => send()));
        answers.ShouldAllBe(a => a.Code == status, string.Join('\n', answers.Select(a => a.ToString())));
        answers.Select(a => $"{a.Body.ToJsonString()} {a.ETag} {a.Headers.Location}").Distinct().Count()
            .ShouldBe(1, string.Join('\n', answers.Select(a => a.ToString())));
    }

    [Theory]
    [InlineData("""{"reason":"不要了","cause":"duplicate"}""", """ { "cause" : "duplicate",  "reason" : "\u4e0d要了" } """, 200)]
    [InlineData("""{"reason":"不要了","cause":"duplicate"}""", """{"reason":"不要了","cause":"noVendor"}""", 422)]
    [InlineData("""{"reason":"不要了","n":80}""", """{"n":8e1,"reason":"不要了"}""", 200)]
    [InlineData("""{"reason":"不要了","n":80}""", """{"n":80.00,"reason":"不要了"}""", 200)]
    [InlineData("""{"reason":"不要了","n":[{"b":1,"a":-0.0}]}""", """{"n":[ {"a":0,"b":1.0} ],"reason":"不要了"}""", 200)]
    [InlineData("""{"reason":"不要了","n":[1,2]}""", """{"n":[2,1],"reason":"不要了"}""", 422)]
    [InlineData("""{"reason":"不要了","n":80}""", """{"reason":"不要了","n":"80"}""", 422)]
    public async Task The_same_JSON_written_otherwise_is_the_same_request(string first, string second, int status)
    {
        var (path, key) = ($"{Requests}/{await intake.A_request()}/cancel", Key());
        (await intake.Operator.Raw(path, first, "application/json", key)).Code.ShouldBe(200);
        (await intake.Operator.Raw(path, second, "application/json", key)).Code.ShouldBe(status);
    }

    [Fact]
    public async Task A_repeated_acceptance_shows_the_citizen_as_long_as_the_order_runs_and_each_look_is_noted()
    {
        var (id, vendor, request) = await dispatch.An_order();
        var (client, key) = (dispatch.Vendor(vendor), Key());
        (await client.Post($"{Own}/{id}/accept", null, key)).Body["citizen"]!["phone"]!.ToString().ShouldBe(Facts.Phone);
        (await client.Post($"{Own}/{id}/accept", null, key)).Body["citizen"]!["phone"]!.ToString().ShouldBe(Facts.Phone);
        (await dispatch.Count($"access_log where request_id = '{request.RequestId}' and action = 'view'"))
            .ShouldBe(1, "the repeated answer is a look");

        (await dispatch.Operator.Post($"{Orders}/{id}/cancel", new { reason = "citizen" })).Code.ShouldBe(200);
        var masked = await client.Post($"{Own}/{id}/accept", null, key);
        (masked.Code, masked.Text("status"), masked.Body["citizen"]!["phone"]!.ToString()).ShouldBe((200, "cancelled", "145****0001"));

        await dispatch.Probe.Tell(Facts.Standing(vendor, "terminated"));
        await Wait.Until(async () =>
            await dispatch.Count($"vendors where vendor_id = '{vendor.VendorId}' and standing = 'terminated'") == 1, "the termination");
        (await client.Post($"{Own}/{id}/accept", null, key)).Text("code").ShouldBe("vendor.terminated");
        (await dispatch.Count("idempotency where secret is not null")).ShouldBe(0, "no answer is kept");
    }

    [Fact]
    public async Task A_repeated_registration_says_what_became_of_it_in_the_language_asked_for_now()
    {
        var key = Key();
        var first = await intake.Operator.Post(Requests, IntakeApi.Input("14500000555"), key);
        await intake.Operator.Post($"{Requests}/{first.Id}/cancel", new { reason = "不要了" });
        var again = await intake.Operator.Post(Requests, IntakeApi.Input("14500000555"),
            key, ("Accept-Language", "en"), ("If-None-Match", "*"));
        (again.Code, again.Text("status"), again.ETag, again.Headers.Location?.ToString())
            .ShouldBe((201, "cancelled", "\"2-en\"", $"{Requests}/{first.Id}"));
    }

    [Fact]
    public async Task A_key_is_checked_and_a_refusal_is_not_kept()
    {
        (await intake.Operator.Post(Requests, IntakeApi.Input(), ("Idempotency-Key", new string('k', 201)))).Text("code")
            .ShouldBe("idempotency.key-invalid");
        (await intake.Operator.Post(Requests, IntakeApi.Input(), ("Idempotency-Key", "键"))).Code.ShouldBe(400);
        var key = Key();
        (await intake.Operator.Post(Requests, IntakeApi.Input("12"), key)).Code.ShouldBe(400);
        (await intake.Operator.Post(Requests, IntakeApi.Input(), key)).Code.ShouldBe(201);
    }

    // a sum that is reckoned anew each time, events that are known by their ids, and a telephone that rings already
    private static readonly string[] Again = ["/api/calls/staffing", "/api/calls/events", "/api/calls/cti", "/api/calls/dial"];

    /// <summary>Of every endpoint that changes something a repeated answer can be given: it shows nothing, shows a secret, or is about an
    /// aggregate that GET shows; or it changes nothing.</summary>
    [Fact]
    public void Every_changing_endpoint_has_an_answer_that_can_be_looked_up()
    {
        foreach (var endpoints in (EndpointDataSource[])[Of(intake), Of(dispatch), Of(registry), Of(evaluation), Of(followUp)])
        {
            var all = endpoints.Endpoints.OfType<RouteEndpoint>()
                .Where(e => e.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal)).ToArray();
            string[] Methods(RouteEndpoint e) => [.. e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []];
            string Shape(string path) => System.Text.RegularExpressions.Regex.Replace(path.TrimEnd('/'), @"\{[^}]+\}", "{}");
            var shown = all.Where(e => Methods(e).Contains("GET")).Select(e => Shape(e.RoutePattern.RawText!)).ToHashSet();
            bool Shows(RouteEndpoint e) => e.Metadata.OfType<IProducesResponseTypeMetadata>().All(m => m.StatusCode != 204);
            foreach (var endpoint in all.Where(e => !Methods(e).Contains("GET") && Shows(e)
                && !Again.Contains(e.RoutePattern.RawText!.TrimEnd('/'))))
            {
                var segments = Shape(endpoint.RoutePattern.RawText!).Split('/');
                var last = Array.LastIndexOf(segments, "{}");
                var looked = endpoint.Metadata.GetMetadata<ShownAt>() is { } told ? told.Path
                    : last < 0 ? $"{string.Join('/', segments)}/{{}}" : string.Join('/', segments.Take(last + 1));
                shown.ShouldContain(looked, $"{endpoint.DisplayName}: what would a repeated request be answered?");
            }
        }
    }

    private static EndpointDataSource Of<T>(Service<T> service) where T : class =>
        service.Services.GetRequiredService<EndpointDataSource>();
}

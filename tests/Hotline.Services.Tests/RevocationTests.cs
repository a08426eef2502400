using Hotline.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection;

namespace Hotline.Services.Tests;

/// <summary>At a service's own port, past the gateway: what Identity says has ended is over there at once.</summary>
public sealed class RevocationTests(IntakeApi intake) : IClassFixture<IntakeApi>
{
    private Revocations Revocations => intake.Services.GetRequiredService<Revocations>();

    private void Ends(params (string Key, int Generation)[] ended) =>
        Revocations.Replace(ended.ToDictionary(e => e.Key, e => e.Generation));

    private async Task<int> Ask(string token) => (await intake.With(token).Get("/api/intake/requests?limit=1")).Code;

    [Fact]
    public async Task A_token_of_an_older_generation_is_void_and_a_newer_one_is_good()
    {
        var (older, newer) = (Tokens.For(Roles.Operator, subject: "one"),
            Tokens.For(Roles.Operator, subject: "one", more: (Revocations.GenerationClaim, "1")));
        (await Ask(older)).ShouldBe(200);
        Ends(("one", 1));
        (await Ask(older)).ShouldBe(401);
        (await Ask(newer)).ShouldBe(200);
        (await Ask(Tokens.For(Roles.Operator, subject: "another"))).ShouldBe(200, "somebody else");
        Ends(("one", 2));
        (await Ask(newer)).ShouldBe(401);
    }

    [Fact]
    public async Task A_session_that_ended_takes_its_tokens_and_no_others()
    {
        var (ended, going) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        Ends((Revocations.Session(ended), 1));
        (await Ask(Tokens.For(Roles.Operator, more: (Revocations.SessionClaim, ended)))).ShouldBe(401);
        (await Ask(Tokens.For(Roles.Operator, more: (Revocations.SessionClaim, going)))).ShouldBe(200);
    }

    [Fact]
    public async Task A_persons_token_without_a_session_is_of_an_older_release_and_void()
    {
        var person = Guid.NewGuid().ToString();
        Ends();
        (await Ask(Tokens.For(Roles.Operator, subject: person))).ShouldBe(401);
        (await Ask(Tokens.For(Roles.Operator, subject: person, more: (Revocations.SessionClaim, Guid.NewGuid().ToString())))).ShouldBe(200);
        (await Ask(Tokens.For(Roles.Operator, subject: "system-0193"))).ShouldBe(200, "a system has no session");
    }

    [Fact]
    public async Task A_removed_vendors_token_is_told_why()
    {
        var vendor = Guid.NewGuid();
        Ends((Revocations.Vendor(vendor), 1));
        var answer = await intake.As(Roles.Vendor, vendor).Get("/api/intake/requests");
        answer.Code.ShouldBe(403);
        answer.Text("code").ShouldBe("vendor.terminated");
    }

    [Fact]
    public async Task Without_a_word_from_Identity_no_token_is_taken()
    {
        await using var alone = new Unheard();
        await alone.InitializeAsync();
        var answer = await alone.Operator.Get("/api/intake/requests?limit=1");
        answer.Code.ShouldBe(503);
        alone.Services.GetRequiredService<Revocations>().Replace(new Dictionary<string, int>());
        (await alone.Operator.Get("/api/intake/requests?limit=1")).Code.ShouldBe(200);
    }

    [Fact]
    public void What_stays_open_ends_with_whoever_opened_it()
    {
        var revocations = new Revocations();
        revocations.Replace(new Dictionary<string, int>());
        using var ends = new CancellationTokenSource();
        using var others = new CancellationTokenSource();
        using var watch = revocations.EndWith(Somebody("one"), ends);
        using var other = revocations.EndWith(Somebody("another"), others);
        revocations.Replace(new Dictionary<string, int> { ["one"] = 1 });
        ends.IsCancellationRequested.ShouldBeTrue();
        others.IsCancellationRequested.ShouldBeFalse();
        using var late = new CancellationTokenSource();
        using var opened = revocations.EndWith(Somebody("one"), late);
        late.IsCancellationRequested.ShouldBeTrue("it had ended before");
    }

    private static System.Security.Claims.ClaimsPrincipal Somebody(string subject) =>
        new(new System.Security.Claims.ClaimsIdentity([new("sub", subject)], "test"));

    private sealed class Unheard() : Service<Intake.Requests.Request>("intake", null)
    {
        protected override void Heard(IServiceProvider services) { }
    }
}

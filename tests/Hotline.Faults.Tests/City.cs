using System.Collections.Concurrent;

namespace Hotline.Faults.Tests;

/// <summary>The people of a city and what becomes of their calls, each to its end.</summary>
/// <param name="acknowledged">Gets the requests that were answered with 201.</param>
public sealed class City(PatientClient client, ConcurrentBag<Guid> acknowledged)
{
    private static readonly TimeSpan AtMost = TimeSpan.FromMinutes(4), Pause = TimeSpan.FromSeconds(1); // people's
    private IReadOnlyList<(Guid Id, Client System)> _vendors = [];
    private Client _desk = null!;
    private Lifecycle _life = null!;
    private int _calls;

    public SignIn Operator { get; private set; } = null!;

    public SignIn Supervisor { get; private set; } = null!;

    /// <summary>Signs in, and gives ten vendors a system of their own.</summary>
    public async Task Begin(Stack stack)
    {
        (Operator, Supervisor) =
            (client.SignIn(stack.Credentials.Client("operator")), client.SignIn(stack.Credentials.Client("supervisor")));
        _desk = Operator.Client;
        _life = new(_desk);
        _vendors = await client.Vendors(Supervisor.Client);
    }

    public static CitizensCall Call(int number) => new() { Phone = $"145{number:00000000}", Keyword = "疏通" };

    /// <summary>One citizen's call, from the word to the callback.</summary>
    /// <exception cref="ShouldAssertException">The platform said something that it must not.</exception>
    public async Task Live(int kind)
    {
        var request = await _life.Register(Call(Interlocked.Increment(ref _calls)));
        acknowledged.Add(request.Id);
        switch (kind % 10)
        {
            case 0: await Declined(request.Id); break;
            case 1: await Rejected(request.Id); break;
            case 2: await Withdrawn(request.Id); break;
            case 3: await Raced(request.Id); break;
            default: await Served(request.Id); break;
        }
    }

    private async Task Served(Guid request)
    {
        var order = await Offer(request);
        await order.Serve(120);
        await CallBack(request, "service");
    }

    private async Task Declined(Guid request)
    {
        var order = await Offer(request);
        await order.Propose(120);
        await order.DeclineQuote("太贵");
        await Served(request); // the one callback is about the service then
    }

    private async Task Rejected(Guid request)
    {
        var order = await Offer(request);
        await order.Reject("今天没空");
        await _life.CancelRequest(request, "无人可派", "noVendor");
        await CallBack(request, "unfulfilled");
    }

    private async Task Withdrawn(Guid request)
    {
        var order = await Offer(request);
        await order.Accept();
        await _life.CancelRequest(request, "自己修好了");
    }

    // the vendor takes the order at the moment at which the operator cancels it: either may come first, and both must be told the truth
    private async Task Raced(Guid request)
    {
        var order = await Offer(request);
        var (accept, cancel) = (order.Vendor.Post($"/api/vendor/orders/{order.Id}/accept"),
            _desk.Post($"/api/dispatch/orders/{order.Id}/cancel", new { reason = "重复派单" }));
        await Task.WhenAll(accept, cancel);
        (await cancel).Code.ShouldBe(200, (await cancel).ToString());
        (await accept).Code.ShouldBeOneOf(200, 409);
        var after = await _desk.Read($"/api/dispatch/orders/{order.Id}");
        after.Text("status").ShouldBe("cancelled");
        (after.Body["acceptedAt"] is not null).ShouldBe((await accept).Code == 200);
        await _life.CancelRequest(request, "重复登记", "duplicate");
        if ((await accept).Code == 200) await CallBack(request, "unfulfilled");
    }

    private Task<OrderLife> Offer(Guid request)
    {
        var (vendor, system) = _vendors[Random.Shared.Next(_vendors.Count)];
        // while the broker is away dispatch does not know the request yet: the operator tries again
        return Wait.For(async () =>
        {
            try { return await _life.Offer(request, vendor, system); }
            catch (PlatformException e) when (e.Code == 404) { return null; }
        }, $"dispatch to know request {request}", AtMost, Pause);
    }

    private async Task CallBack(Guid request, string about)
    {
        var due = await Wait.For(async () => await _life.FollowUps(request) is var made
            && made.Any(f => f["kind"]!.ToString() == about) ? made : null, $"a callback of {request} about {about}", AtMost, Pause);
        await _life.CompleteFollowUp(Guid.Parse(due.ShouldHaveSingleItem()["id"]!.ToString()),
            CitizensAnswers.Content(satisfaction: Random.Shared.Next(3, 6)));
    }
}

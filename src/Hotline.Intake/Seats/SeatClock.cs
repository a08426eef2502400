using Hotline.Contracts.Intake;
using Hotline.Intake.Calls;
using Microsoft.Extensions.Options;

namespace Hotline.Intake.Seats;

/// <summary>Ends the time that seats have for writing down, and shifts whose person did not sign out.</summary>
public sealed class SeatClock(IServiceScopeFactory scopes, IOptions<CallOptions> options, TimeProvider clock, ILogger<SeatClock> log)
    : Clock<Seat>(scopes, TimeSpan.FromSeconds(0.5), AtOnce, log)
{
    private const int AtOnce = 200;

    protected override Task<IReadOnlyList<Seat>> Look(IServiceProvider services, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        return services.GetRequiredService<SeatStore>().Due(now, now - options.Value.Shift, AtOnce, stop);
    }

    protected override async Task Act(IServiceProvider services, IReadOnlyList<Seat> found, CancellationToken stop)
    {
        var (seats, work) = (services.GetRequiredService<SeatStore>(), services.GetRequiredService<Work>());
        foreach (var seat in found)
        {
            var now = clock.GetUtcNow();
            seats.Save(seat, seat.SignedInAt < now - options.Value.Shift && seat.CallId is null ? seat.SignOut() : seat.EndWrapUp(), now);
            work.Tell(new CallsChanged(now));
            try { await work.Commit(stop); }
            catch (StaleException) { await work.Clear(); } // its person was faster, or another replica
        }
    }
}

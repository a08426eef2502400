using Hotline.Intake.Calls;
using Hotline.Intake.Notifications;
using Hotline.Intake.Timeline;
using Microsoft.Extensions.Options;

namespace Hotline.Intake.Requests;

/// <summary>Erases who the citizen is and what was said once a finished request has been kept long enough, and one that never finished some
/// time later; and tells the others to do so too.</summary>
public sealed class Retention(
    IServiceScopeFactory scopes, IOptions<PersonalDataOptions> options, TimeProvider clock, ILogger<Retention> log)
    : Clock<Request>(scopes, Every(options.Value.KeptFor), RequestStore.ErasedAtOnce, log)
{
    private static readonly TimeSpan AtMost = TimeSpan.FromHours(1);

    protected override Task<IReadOnlyList<Request>> Look(IServiceProvider services, CancellationToken stop)
    {
        var kept = clock.GetUtcNow() - options.Value.KeptFor;
        return services.GetRequiredService<RequestStore>().DueToErase(kept, kept - options.Value.UnfinishedGrace, stop);
    }

    protected override async Task Act(IServiceProvider services, IReadOnlyList<Request> found, CancellationToken stop)
    {
        var (requests, timeline) = (services.GetRequiredService<RequestStore>(), services.GetRequiredService<TimelineStore>());
        var (notifications, calls) = (services.GetRequiredService<NotificationStore>(), services.GetRequiredService<CallStore>());
        var work = services.GetRequiredService<Work>();
        var erased = 0;
        foreach (var request in found)
        {
            try
            {
                requests.Save(request.Erase(clock.GetUtcNow()), request.Version);
                timeline.Erase(request.Id);
                notifications.Erase(request.Id);
                calls.Erase(request.Id);
                await work.Commit(stop);
                erased++;
            }
            catch (StaleException)
            {
                await work.Clear(); // it changed at this very moment, or another replica erases it
            }
        }
        Log.LogInformation("Erased the personal data of {Count} requests", erased);
    }

    // as exact as the time is long: an hour for years, seconds for the minute of a test
    private static TimeSpan Every(TimeSpan kept) => kept / 10 < AtMost ? kept / 10 : AtMost;
}

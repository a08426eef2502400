using Hotline.Intake.Timeline;
using Hotline.Messaging;
using Hotline.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace Hotline.Intake.Requests;

/// <summary>Erases who the citizen is and what was said once a finished request has been kept long enough, and one that never finished some time
/// later; and tells the others to do so too.</summary>
public sealed class Retention(IServiceScopeFactory scopes, IOptions<PersonalDataOptions> options, TimeProvider clock, ILogger<Retention> log) : BackgroundService
{
    private static readonly TimeSpan AtMost = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // as exact as the time is long: an hour for years, seconds for the minute of a test
        using var timer = new PeriodicTimer(options.Value.KeptFor / 10 < AtMost ? options.Value.KeptFor / 10 : AtMost);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try { while (await Erase(stoppingToken) > 0) { } }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested) { log.LogWarning(e, "Erasing waits for the next time"); }
        }
    }

    /// <summary>Erases some of what is due.</summary>
    /// <returns>How many requests.</returns>
    private async Task<int> Erase(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (requests, timeline) = (scope.ServiceProvider.GetRequiredService<RequestStore>(), scope.ServiceProvider.GetRequiredService<TimelineStore>());
        var work = scope.ServiceProvider.GetRequiredService<Work>();
        var erased = 0;
        var kept = clock.GetUtcNow() - options.Value.KeptFor;
        foreach (var request in await requests.DueToErase(kept, kept - options.Value.UnfinishedGrace, stop))
        {
            try
            {
                requests.Save(request.Erase(clock.GetUtcNow()), request.Version);
                timeline.Erase(request.Id);
                await work.Commit(stop);
                erased++;
            }
            catch (StaleException)
            {
                await work.Clear(); // it changed at this very moment, or another replica erases it
            }
        }
        if (erased > 0) log.LogInformation("Erased the personal data of {Count} requests", erased);
        return erased;
    }
}

using System.Net;
using System.Text.Json;
using Hotline.Telephony.Calls;

namespace Hotline.Telephony.Delivery;

/// <summary>Sends what waits, in order, until the platform has it.</summary>
public sealed class EventSender(EventBuffer buffer, IHttpClientFactory clients, TelephonyMetrics metrics, ILogger<EventSender> log)
    : BackgroundService
{
    /// <summary>The platform takes so many at once.</summary>
    public const int Most = 100;

    private static readonly JsonSerializerOptions Json = new JsonSerializerOptions(JsonSerializerDefaults.Web)
    { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull }.Configure();

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var (events, end) = await buffer.Next(Most, stoppingToken);
            if (events.Count > 0) await Send(events, stoppingToken);
            buffer.Delivered(end, events.Count);
        }
    }

    private async Task Send(IReadOnlyList<CallEvent> events, CancellationToken stop)
    {
        using var client = clients.CreateClient(PlatformClient.Patient);
        using var response = await client.PostAsJsonAsync("/api/calls/events", events, Json, stop);
        if (response.IsSuccessStatusCode)
        {
            var answer = await response.Content.ReadFromJsonAsync<Answer>(Json, stop);
            var refused = answer?.Refused ?? [];
            foreach (var one in refused.Where(r => r.Index >= 0 && r.Index < events.Count)) buffer.PutAside(events[one.Index], one.Code);
            metrics.Sent(events.Count - refused.Count);
            metrics.Refused(refused.Count);
            return;
        }
        // the whole is refused for the sake of some: they are found by halves, and the others are not kept back
        if (events.Count == 1)
        {
            buffer.PutAside(events[0], await CodeOf(response, stop));
            metrics.Refused(1);
            return;
        }
        log.LogWarning("The platform refuses {Count} events at once ({Status}); they are sent by halves",
            events.Count, response.StatusCode);
        await Send([.. events.Take(events.Count / 2)], stop);
        await Send([.. events.Skip(events.Count / 2)], stop);
    }

    /// <summary>What is wrong with what was sent, and will be the next time; all else may pass, and is tried again.</summary>
    public static bool IsForEver(HttpStatusCode status) =>
        status is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity;

    private static async Task<string> CodeOf(HttpResponseMessage response, CancellationToken stop)
    {
        try
        {
            return (await response.Content.ReadFromJsonAsync<Problem>(Json, stop))?.Code ?? $"{(int)response.StatusCode}";
        }
        catch (JsonException)
        {
            return $"{(int)response.StatusCode}";
        }
    }

    private sealed record Answer(IReadOnlyList<RefusedEvent>? Refused);

    private sealed record RefusedEvent(int Index, string Code);

    private sealed record Problem(string? Code);
}

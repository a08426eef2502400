using System.Net.ServerSentEvents;
using System.Text.Json;
using Hotline.Telephony.Delivery;

namespace Hotline.Telephony.Commands;

/// <summary>Hears what the platform asks for (Server-Sent Events), has it done, and answers. Commands do not wait for each other: one that
/// rings a phone takes as long as it rings.</summary>
public sealed class CommandStream(PbxCommands commands, IHttpClientFactory clients, TimeProvider clock, ILogger<CommandStream> log)
    : BackgroundService
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1), Longest = TimeSpan.FromSeconds(15);
    private static readonly JsonSerializerOptions Json = new JsonSerializerOptions(JsonSerializerDefaults.Web).Configure();
    private readonly HashSet<string> _taken = [];
    private readonly Queue<string> _takenInOrder = [];
    private string? _last;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (wait, isAway) = (Least, false);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Listen(() => (wait, isAway) = (Least, false), stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (!isAway) log.LogWarning("The platform's commands are not heard, and are tried again and again: {Reason}", e.Message);
                isAway = true;
            }
            await Task.Delay(wait, clock, stoppingToken);
            wait = wait * 2 < Longest ? wait * 2 : Longest;
        }
    }

    private async Task Listen(Action connected, CancellationToken stop)
    {
        using var client = clients.CreateClient(PlatformClient.Stream);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/calls/commands");
        request.Headers.Accept.Add(new("text/event-stream"));
        if (_last is { } last) request.Headers.TryAddWithoutValidation("Last-Event-ID", last);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
        response.EnsureSuccessStatusCode();
        connected();
        var events = SseParser.Create(await response.Content.ReadAsStreamAsync(stop));
        await foreach (var item in events.EnumerateAsync(stop))
        {
            if (Read(item) is { } command && IsNew(command.Id)) _ = Answer(command, stop);
            if (item.EventId is { Length: > 0 } id) _last = id;
        }
    }

    private PbxCommand? Read(SseItem<string> item)
    {
        try
        {
            var command = JsonSerializer.Deserialize<PbxCommand>(item.Data, Json);
            // the stream says now and then that it is alive
            return command is { Id.Length: > 0, Kind.Length: > 0 } ? command : null;
        }
        catch (JsonException)
        {
            log.LogWarning("The platform says what is no command: {Event}", item.EventType);
            return null;
        }
    }

    // after a break the stream may begin with what was heard
    private bool IsNew(string id)
    {
        if (!_taken.Add(id)) return false;
        _takenInOrder.Enqueue(id);
        if (_takenInOrder.Count > 1000) _taken.Remove(_takenInOrder.Dequeue());
        return true;
    }

    private async Task Answer(PbxCommand command, CancellationToken stop)
    {
        try
        {
            var done = await commands.Do(command, stop);
            using var client = clients.CreateClient(PlatformClient.Patient);
            using var response = await client.PostAsJsonAsync(
                $"/api/calls/commands/{Uri.EscapeDataString(command.Id)}/done", done, Json, stop);
            if (!response.IsSuccessStatusCode)
                log.LogWarning("The platform does not take the answer to {Command}: {Status}", command, response.StatusCode);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            log.LogError("{Command} failed: {Reason}", command, e.Message);
        }
        catch (OperationCanceledException)
        {
        }
    }
}

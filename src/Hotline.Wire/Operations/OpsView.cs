namespace Hotline.Wire.Operations;

/// <param name="Rows">Events that wait for the broker.</param>
/// <param name="OldestSeconds">Age of the oldest; 0 = none waits.</param>
public sealed record OutboxState(long Rows, double OldestSeconds) : Shown;

/// <summary>A queue of this service.</summary>
/// <param name="Waiting">Messages to be taken.</param>
/// <param name="Consumers">Processes that take them.</param>
/// <param name="Errors">Messages that could not be taken.</param>
public sealed record QueueState(string Name, long Waiting, long Consumers, long Errors) : Shown;

/// <summary>How a service is.</summary>
/// <param name="Status">healthy, degraded (works, but the broker is away) or unhealthy.</param>
/// <param name="Checks">Each check with its status.</param>
/// <param name="UptimeSeconds">Of the process that answered.</param>
/// <param name="MemoryBytes">Resident, of the process that answered.</param>
/// <param name="Outbox">None where the database does not answer or there is none.</param>
/// <param name="Queues">None where the broker does not answer.</param>
/// <param name="Dashboard">Address of the dashboard that shows traces, without a slash at its end; none where there is none.</param>
public sealed record OpsView(
    string Service, string Status, IReadOnlyDictionary<string, string> Checks, double UptimeSeconds, long MemoryBytes, OutboxState? Outbox,
    IReadOnlyList<QueueState>? Queues, string? Dashboard = null) : Shown;

namespace Hotline.Wire.Operations;

/// <summary>How a service was in a minute.</summary>
/// <param name="At">The minute's beginning.</param>
/// <param name="Outbox">Events that waited for the broker.</param>
/// <param name="OutboxSeconds">Age of the oldest of them.</param>
/// <param name="Waiting">Messages in the service's queues; none where the broker did not answer.</param>
/// <param name="Errors">Messages in its error queues; none where the broker did not answer.</param>
/// <param name="Requests">Calls of the API, by all replicas.</param>
/// <param name="Failed">Those of them that were answered with 5xx.</param>
/// <param name="MedianMs">Milliseconds within which half of them were answered, at the slowest replica; none where there were none.</param>
/// <param name="SlowMs">The same for 95 of 100.</param>
public sealed record TrendPoint(
    DateTimeOffset At, long Outbox, double OutboxSeconds, long? Waiting, long? Errors, long Requests, long Failed, double? MedianMs,
    double? SlowMs) : Shown;

/// <param name="Points">Of the last 24 hours, oldest first; a minute in which no replica ran is not there.</param>
public sealed record TrendView(string Service, IReadOnlyList<TrendPoint> Points) : Shown;

namespace Hotline.Wire.Operations;

/// <summary>A message that a consumer could not take. What it says is not shown.</summary>
/// <param name="Id">None where it is no event of the platform's.</param>
/// <param name="Type">The event's name, for example OrderOffered.</param>
/// <param name="Exception">Type of what was thrown.</param>
/// <param name="Fault">What it said; a citizen's words and long numbers are masked.</param>
/// <param name="At">When it was given up.</param>
/// <param name="RequestId">The request that it is about; none where it is about none.</param>
/// <param name="TraceId">32 hexadecimal digits; none where nothing was traced.</param>
public sealed record FailedMessage(
    Guid? Id, string Type, string? Exception, string? Fault, DateTimeOffset? At, Guid? RequestId, string? TraceId) : Shown;

/// <param name="Queue">Name of the queue whose error queue is meant.</param>
/// <param name="MessageId">The one message to be sent back; none = all that are there.</param>
public sealed record RedriveInput(string? Queue, Guid? MessageId) : Shown;

/// <summary>Somebody sent messages back to their queue.</summary>
/// <param name="Actor">Name of the user or client.</param>
/// <param name="MessageId">None = all that were there.</param>
/// <param name="Moved">How many; none = begun, and its end is not known.</param>
/// <param name="Remaining">How many it did not come to within its time: sent again, it goes on.</param>
public sealed record RedriveView(
    Guid Id, DateTimeOffset At, string Actor, string Queue, Guid? MessageId, int? Moved, int? Remaining = null) : Shown;

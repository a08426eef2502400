using Hotline.Wire;

namespace Hotline.ServiceDefaults;

/// <summary>The system's clock in whole microseconds: what is answered before PostgreSQL has rounded it is what it answers
/// afterwards.</summary>
public sealed class MicrosecondClock : TimeProvider
{
    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().ToMicroseconds();
}

namespace Hotline.Wire.Evaluation;

/// <param name="Kind">warning, suspension or termination.</param>
/// <param name="Reason">In words; the vendor can read it.</param>
/// <param name="Until">End of a warning or suspension; none = until lifted.</param>
/// <param name="ComplaintOrderId">The order about which a citizen complained, where that is the ground.</param>
public sealed record SanctionInput(
    Guid? VendorId, string? Kind, string? Reason, DateTimeOffset? Until, Guid? ComplaintOrderId = null) : Shown;

public sealed record LiftInput(string? Reason) : Shown;

namespace Hotline.Wire.FollowUps;

/// <summary>What a citizen answered and said about a vendor's service, as a supervisor reads it.</summary>
/// <param name="Complaint">In the citizen's words; empty where they were erased with the request, none without a complaint.</param>
/// <param name="By">Who asked.</param>
public sealed record OpinionView(
    Guid FollowUpId, Guid RequestId, string RequestNumber, Guid? OrderId, Guid? VendorId, string? VendorName, string CategoryCode,
    FollowUpKind Kind, int Satisfaction, bool Resolved, bool? Punctual, bool? PriceAsQuoted, string? Comment, Guid? ComplaintId,
    string? Complaint, string By, DateTimeOffset At) : Shown;

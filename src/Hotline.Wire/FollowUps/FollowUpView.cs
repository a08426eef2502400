using System.Text.Json.Serialization;

namespace Hotline.Wire.FollowUps;

public sealed record ContactView(string Name, string Phone) : Shown;

/// <summary>What ended before that of which the citizen is asked.</summary>
/// <param name="OrderId">None where nobody was found.</param>
public sealed record EarlierView(FollowUpKind Kind, Guid? OrderId, Guid? VendorId, string? VendorName, DateTimeOffset At) : Shown;

/// <summary>A call in which the citizen could not be asked.</summary>
/// <param name="By">The operator.</param>
public sealed record AttemptView(AttemptOutcome Outcome, string By, DateTimeOffset At) : Shown;

/// <summary>A follow-up as operators see it.</summary>
/// <param name="VendorName">As the vendor was called when the order was offered; its present name is the registry's.</param>
/// <param name="Status">open = to be called now; waiting = to be called again when it is due.</param>
/// <param name="DueAt">From when on it may be claimed, UTC.</param>
/// <param name="Earlier">What ended before, oldest first.</param>
/// <param name="Citizen">Whom to call; none for a moment until intake's word arrives.</param>
/// <param name="Attempts">How often the citizen was called about it in vain.</param>
/// <param name="Tried">These calls, oldest first; those before they were kept are only counted.</param>
public sealed record FollowUpView(
    Guid Id, Guid RequestId, string RequestNumber, Guid? OrderId, Guid? VendorId, string? VendorName, string CategoryCode,
    FollowUpKind Kind, FollowUpStatus Status, ContactView? Citizen, string? Description, DateTimeOffset DueAt, string? ClaimedBy,
    DateTimeOffset? ClaimExpiresAt, int Attempts, string? LastOutcome,
    int? Satisfaction, bool? Resolved, bool? Punctual, bool? PriceAsQuoted, string? Comment, Guid? ComplaintId, string? Complaint,
    string? EndedBy, DateTimeOffset? EndedAt, DateTimeOffset CreatedAt, int Version, IReadOnlyList<EarlierView> Earlier,
    IReadOnlyList<AttemptView> Tried,
    [property: JsonIgnore] int CitizenVersion = 0) : Shown, IVersioned
{
    // neither intake's word nor the clock makes a new version
    string IVersioned.Variant => Citizen is null ? "unnamed"
        : $"{(Status is FollowUpStatus.Waiting ? "waiting" : "")}{(CitizenVersion > 0 ? $"c{CitizenVersion}" : "")}";
}

/// <summary>What a citizen said, as the vendor may read it.</summary>
public sealed record FeedbackView(
    Guid? OrderId, string RequestNumber, string CategoryCode, FollowUpKind Kind, int Satisfaction, bool Resolved, bool? Punctual,
    bool? PriceAsQuoted, string? Comment, string? Complaint, DateTimeOffset At) : Shown;

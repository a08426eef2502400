namespace Hotline.Contracts.Intake;

/// <summary>A citizen's request was registered. It carries what a vendor needs to help and what a callback needs to ask,
/// so that no service has to ask another; it is the only event that says who the citizen is, and it says it sealed.</summary>
/// <param name="RequestId">UUIDv7 of the request.</param>
/// <param name="Number">The number the citizen can quote, RA-yyyymmdd-nnnnnn.</param>
/// <param name="Version">Of the request after this event.</param>
/// <param name="Channel">How it came in: phone.</param>
/// <param name="DialledNumber">The hotline number that was dialled.</param>
/// <param name="Citizen">Name, phone and address, sealed with the platform's key ring (ServiceDefaults' PersonalData opens it).</param>
/// <param name="AreaCode">9-digit statistical division code.</param>
/// <param name="CategoryCode">Leaf of the service catalogue.</param>
/// <param name="Description">In the citizen's words.</param>
/// <param name="Urgency">normal or urgent.</param>
/// <param name="By">Who registered it.</param>
/// <param name="At">UTC.</param>
public sealed record RequestRegistered(
    Guid RequestId, string Number, int Version, string Channel, string DialledNumber, [property: CitizensWords] string Citizen,
    string AreaCode, string CategoryCode, [property: CitizensWords] string Description, string Urgency, string By, DateTimeOffset At)
    : IAboutRequest;

/// <summary>The request will not be served: no vendor may be engaged for it any more.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="Number">Its number.</param>
/// <param name="Version">Of the request after this event.</param>
/// <param name="Cause">citizenWithdrew, noVendor or duplicate; noVendor leads to a callback.</param>
/// <param name="CategoryCode">What was asked for.</param>
/// <param name="Reason">In words.</param>
/// <param name="By">Who cancelled it.</param>
/// <param name="At">UTC.</param>
public sealed record RequestCancelled(
    Guid RequestId, string Number, int Version, string Cause, string CategoryCode, [property: CitizensWords] string Reason, string By,
    DateTimeOffset At) : IAboutRequest;

/// <summary>A supervisor named what is asked for, or corrected it.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="Number">Its number.</param>
/// <param name="Version">Of the request after this event.</param>
/// <param name="CategoryCode">What is asked for.</param>
/// <param name="Before">What it was registered as, for example other.</param>
/// <param name="By">Who corrected it.</param>
/// <param name="At">UTC.</param>
public sealed record RequestRecategorised(
    Guid RequestId, string Number, int Version, string CategoryCode, string Before, string By, DateTimeOffset At) : IAboutRequest;

/// <summary>The time for which a request keeps who the citizen is and what was said is over: whoever has it forgets it too.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="Version">Of the request after this event.</param>
/// <param name="At">UTC.</param>
public sealed record RequestErased(Guid RequestId, int Version, DateTimeOffset At) : IAboutRequest;

/// <summary>Somebody who follows a request was told that it wants somebody; what it is, that person asks intake.</summary>
/// <param name="NotificationId">UUIDv7 of the notification.</param>
/// <param name="Person">Subject of that person's token: nobody else hears of it.</param>
/// <param name="At">UTC.</param>
public sealed record PersonNotified(Guid NotificationId, string Person, DateTimeOffset At);

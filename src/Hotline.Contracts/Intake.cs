namespace Hotline.Contracts.Intake;

/// <summary>A citizen's request was registered. It carries what a vendor needs to help and what a callback needs to ask,
/// so that no service has to ask another; it and its correction are the only events that say who the citizen is, and they say it
/// sealed.</summary>
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

/// <summary>Who the citizen is, or where, was taken down wrongly: whoever has it takes what is right.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="Number">Its number.</param>
/// <param name="Version">Of the request after this event: a copy ignores what is not newer than what it has.</param>
/// <param name="OrderId">Its order that a vendor has, as far as intake knows; null = none.</param>
/// <param name="VendorId">The vendor that has it, who is to look again.</param>
/// <param name="Fields">What was wrong: name, phone, address, area.</param>
/// <param name="Citizen">Name, phone and address as they are right, sealed as in RequestRegistered.</param>
/// <param name="AreaCode">9-digit statistical division code, as it is right.</param>
/// <param name="Reason">In words.</param>
/// <param name="By">Who corrected it.</param>
/// <param name="At">UTC.</param>
public sealed record RequestCorrected(
    Guid RequestId, string Number, int Version, Guid? OrderId, Guid? VendorId, string[] Fields, [property: CitizensWords] string Citizen,
    string AreaCode, [property: CitizensWords] string Reason, string By, DateTimeOffset At) : IAboutRequest;

/// <summary>Somebody at the desk wrote a note on a request, for the desk alone.</summary>
/// <param name="NoteId">UUIDv7 of the note.</param>
/// <param name="RequestId">The request.</param>
/// <param name="Text">What was written.</param>
/// <param name="By">Who wrote it.</param>
/// <param name="At">UTC.</param>
public sealed record RequestNoted(Guid NoteId, Guid RequestId, [property: CitizensWords] string Text, string By, DateTimeOffset At)
    : IAboutRequest;

/// <summary>The time for which a request keeps who the citizen is and what was said is over: whoever has it forgets it too.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="Version">Of the request after this event.</param>
/// <param name="At">UTC.</param>
public sealed record RequestErased(Guid RequestId, int Version, DateTimeOffset At) : IAboutRequest;

/// <summary>Somebody who follows a request was told that it wants somebody; what it is, that person asks intake.</summary>
/// <param name="NotificationId">UUIDv7 of the notification.</param>
/// <param name="Person">Subject of that person's token: nobody else hears of it.</param>
/// <param name="At">UTC.</param>
public sealed record PersonNotified(Guid NotificationId, string Person, DateTimeOffset At) : IForPerson;

/// <summary>A seat changed, or what its calls say of it; what it is, that person asks intake. A call's legs and numbers are intake's
/// own: no event tells them.</summary>
/// <param name="CallId">The call that rings or is spoken there.</param>
/// <param name="Person">Subject of the token of whoever sits there: nobody else hears of it.</param>
/// <param name="At">UTC.</param>
public sealed record SeatChanged(Guid? CallId, string Person, DateTimeOffset At) : IForPerson;

/// <summary>Calls or seats changed: whoever looks on the queue asks intake anew.</summary>
/// <param name="At">UTC.</param>
public sealed record CallsChanged(DateTimeOffset At);

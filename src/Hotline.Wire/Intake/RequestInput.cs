namespace Hotline.Wire.Intake;

/// <param name="Name">As given; may be missing.</param>
/// <param name="Phone">Where the citizen can be reached: any mobile, landline (8 digits are the city's; an extension after 转, -, ext or
/// #), short, foreign or SIP number;
/// anonymous where none is shown.</param>
public sealed record CallerInput(string? Name, string? Phone) : Shown;

/// <summary>A citizen's request as the operator takes it down.</summary>
/// <param name="Channel">phone.</param>
/// <param name="DialledNumber">The hotline number that was dialled.</param>
/// <param name="Caller">Who called.</param>
/// <param name="AreaCode">Street or town, 9 digits.</param>
/// <param name="Address">House, or landmarks; at most 200 characters.</param>
/// <param name="CategoryCode">From the catalogue, or other where none fits; or give a keyword.</param>
/// <param name="Keyword">What the citizen calls it, if no categoryCode is given.</param>
/// <param name="Description">In the citizen's words; at most 2,000 characters.</param>
/// <param name="Urgency">normal (default) or urgent.</param>
/// <param name="CallId">The call that it comes of: both are linked.</param>
public sealed record RegisterInput(
    string? Channel, string? DialledNumber, CallerInput? Caller, string? AreaCode, string? Address, string? CategoryCode, string? Keyword,
    string? Description, string? Urgency, Guid? CallId = null) : Shown;

/// <param name="Reason">In words.</param>
/// <param name="Cause">citizenWithdrew (default), noVendor or duplicate.</param>
public sealed record CancelInput(string? Reason, string? Cause) : Shown;

/// <param name="CategoryCode">From the catalogue.</param>
public sealed record CategoryInput(string? CategoryCode) : Shown;

/// <summary>What was taken down wrongly: the fields that change.</summary>
/// <param name="Caller">Name or phone, or both.</param>
/// <param name="AreaCode">Street or town, 9 digits.</param>
/// <param name="Address">House, or landmarks; at most 200 characters.</param>
/// <param name="Reason">In words, at most 500 characters; noted in the timeline.</param>
public sealed record CorrectInput(CallerInput? Caller, string? AreaCode, string? Address, string? Reason) : Shown;

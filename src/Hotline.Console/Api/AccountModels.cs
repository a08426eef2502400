namespace Hotline.Console.Api;

// Accounts of people and of systems, as the API answers and takes them. Times are UTC.

/// <summary>An account of the hotline's own people; vendors' people are theirs.</summary>
public sealed record StaffMember(
    Guid Id, string Username, string Name, string? StaffNumber, string Role, bool Active, bool Deleted, bool MustChangePassword,
    bool TwoFactor, bool Locked, DateTimeOffset? LastSignInAt, DateTimeOffset? CreatedAt, int Version)
{
    /// <summary>active, inactive or deleted.</summary>
    public string State => Deleted ? "deleted" : Active ? "active" : "inactive";
}

/// <summary>The account of whoever asks, vendors' people too.</summary>
public sealed record OwnAccount(Guid Id, string Username, string Name, string? StaffNumber, string Role, Guid? VendorId, bool TwoFactor);

/// <summary>A browser in which an account is signed in.</summary>
/// <param name="Current">The one that asks.</param>
public sealed record SignedInSession(
    string Id, string? Device, string? Address, DateTimeOffset Since, DateTimeOffset LastSeenAt, bool Current);

/// <summary>The credential of a system.</summary>
/// <param name="BuiltIn">The deployment made it, and alone replaces it.</param>
public sealed record SystemClient(string ClientId, string Name, string Role, DateTimeOffset? CreatedAt, bool BuiltIn);

/// <summary>Something that was done to an account or a credential.</summary>
/// <param name="Target">User name, or a system's name.</param>
/// <param name="TargetName">The person's name and staff number.</param>
/// <param name="Details">For example "role: operator -> supervisor; active: true -> false".</param>
public sealed record AuditEntry(DateTimeOffset At, string? Actor, string Action, string? Target, string? TargetName, string? Details);

/// <summary>An account that an import made, with its temporary password.</summary>
public sealed record ImportedMember(int Line, string Username, string Name, string? StaffNumber, string Role, string Password);

public sealed record StaffImport(IReadOnlyList<ImportedMember> Items);

/// <summary>Why a line of an import cannot be taken.</summary>
/// <param name="Column">As the heading calls it.</param>
public sealed record ImportFault(int Line, string? Column, string Message);

/// <summary>Lines of a spreadsheet: sent as text/csv, not as JSON.</summary>
public sealed record CsvText(string Text);

/// <summary>A new account, or what is to change of one; what is null stays.</summary>
public sealed record StaffInput(string? Username, string? Name, string? StaffNumber, string? Role, bool? Active = null);

/// <summary>An account that was just made, with its temporary password.</summary>
public sealed record NewStaff(Guid Id, string Username, string Password);

public sealed record PasswordInput(string Current, string New);

public sealed record SystemInput(string Name, string Role);

namespace Hotline.Wire.Identity;

/// <summary>An account as those who manage people see it.</summary>
/// <param name="Active">May sign in.</param>
/// <param name="Deleted">Inactive for ever.</param>
/// <param name="MustChangePassword">The password is a temporary one.</param>
/// <param name="TwoFactor">Signing in takes a code besides the password.</param>
/// <param name="Locked">For a while, after wrong passwords; who is signed in stays so.</param>
/// <param name="CreatedAt">None of an account of an older release.</param>
public sealed record StaffView(
    Guid Id, string Username, string Name, string? StaffNumber, string Role, bool Active, bool Deleted, bool MustChangePassword,
    bool TwoFactor, bool Locked, DateTimeOffset? LastSignInAt, DateTimeOffset? CreatedAt, int Version) : Shown, IVersioned;

/// <summary>A new account, with its temporary password, which is shown once: only its hash is kept.</summary>
public sealed record NewStaffView(
    Guid Id, string Username, string Name, string? StaffNumber, string Role, bool Active, bool MustChangePassword, string Password,
    int Version) : Shown, IVersioned;

/// <summary>Somebody at the desk, as the others there know each other.</summary>
public sealed record Colleague(Guid Id, string Username, string Name, string? StaffNumber) : Shown;

/// <summary>Who is signed in.</summary>
/// <param name="SessionId">None for a system.</param>
public sealed record MeView(
    string Id, string Username, string Name, string? StaffNumber, string Role, Guid? VendorId, bool TwoFactor,
    bool MustChangePassword, Guid? SessionId) : Shown;

/// <param name="Device">Browser and system, as far as they tell.</param>
/// <param name="LastSeenAt">Signing in, or the last renewal of its token: within half an hour exact.</param>
/// <param name="Current">The one that asks.</param>
public sealed record SessionView(Guid Id, string Device, string Address, DateTimeOffset Since, DateTimeOffset LastSeenAt, bool Current)
    : Shown;

/// <summary>Who a browser's session belongs to.</summary>
/// <param name="Role">operator, supervisor, admin, ops or vendor.</param>
/// <param name="VendorId">The vendor for which somebody signs in.</param>
/// <param name="StaffNumber">The number of the person's seat (工号); none where none was given, as for vendors' people.</param>
public sealed record SignedIn(string Name, string Role, Guid? VendorId, string? StaffNumber) : Shown;

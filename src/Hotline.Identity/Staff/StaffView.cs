using Hotline.Identity.Sessions;
using Hotline.ServiceDefaults;

namespace Hotline.Identity.Staff;

/// <summary>An account as those who manage people see it.</summary>
/// <param name="Active">May sign in.</param>
/// <param name="Deleted">Inactive for ever.</param>
/// <param name="MustChangePassword">The password is a temporary one.</param>
/// <param name="TwoFactor">Signing in takes a code besides the password.</param>
/// <param name="Locked">For a while, after wrong passwords; who is signed in stays so.</param>
/// <param name="CreatedAt">None of an account of an older release.</param>
public sealed record StaffView(
    Guid Id, string Username, string Name, string? StaffNumber, string Role, bool Active, bool Deleted, bool MustChangePassword,
    bool TwoFactor, bool Locked, DateTimeOffset? LastSignInAt, DateTimeOffset? CreatedAt, int Version) : IVersioned
{
    public static StaffView Of(StaffMember m, DateTimeOffset now) => new(
        m.Id, m.Username, m.Name, m.StaffNumber, m.Role, m.Active, m.Deleted, m.MustChangePassword, m.TwoFactor, m.LockedUntil > now,
        m.LastSignInAt, m.CreatedAt, m.Version);
}

/// <summary>A new account, with its temporary password, which is shown once: only its hash is kept.</summary>
public sealed record NewStaffView(
    Guid Id, string Username, string Name, string? StaffNumber, string Role, bool Active, bool MustChangePassword, string Password,
    int Version) : IVersioned
{
    public static NewStaffView Of(StaffMember m, string password) =>
        new(m.Id, m.Username, m.Name, m.StaffNumber, m.Role, m.Active, m.MustChangePassword, password, m.Version);
}

/// <summary>Who is signed in.</summary>
/// <param name="SessionId">None for a system.</param>
public sealed record MeView(
    string Id, string Username, string Name, string? StaffNumber, string Role, Guid? VendorId, bool TwoFactor,
    bool MustChangePassword, Guid? SessionId);

/// <param name="Device">Browser and system, as far as they tell.</param>
/// <param name="LastSeenAt">Signing in, or the last renewal of its token: within half an hour exact.</param>
/// <param name="Current">The one that asks.</param>
public sealed record SessionView(Guid Id, string Device, string Address, DateTimeOffset Since, DateTimeOffset LastSeenAt, bool Current)
{
    public static SessionView Of(Session s, Guid? current) => new(s.Id, s.Device, s.Address, s.Since, s.LastSeenAt, s.Id == current);
}

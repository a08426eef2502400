using Hotline.Identity.Sessions;
using Hotline.Wire.Identity;

namespace Hotline.Identity.Staff;

/// <summary>What is shown of accounts.</summary>
public static class StaffViews
{
    extension(StaffView)
    {
        public static StaffView Of(StaffMember m, DateTimeOffset now) => new(
            m.Id, m.Username, m.Name, m.StaffNumber, m.Role, m.Active, m.Deleted, m.MustChangePassword, m.TwoFactor, m.LockedUntil > now,
            m.LastSignInAt, m.CreatedAt, m.Version);
    }

    extension(NewStaffView)
    {
        public static NewStaffView Of(StaffMember m, string password) =>
            new(m.Id, m.Username, m.Name, m.StaffNumber, m.Role, m.Active, m.MustChangePassword, password, m.Version);
    }

    extension(SessionView)
    {
        public static SessionView Of(Session s, Guid? current) => new(s.Id, s.Device, s.Address, s.Since, s.LastSeenAt, s.Id == current);
    }
}

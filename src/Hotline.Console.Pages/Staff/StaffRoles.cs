using Hotline.Console.Session;

namespace Hotline.Console.Staff;

/// <summary>Roles of the hotline's own people, and who manages whom: an admin everybody, a supervisor the operators.</summary>
public static class StaffRoles
{
    public static readonly string[] All = ["operator", "supervisor", "ops", "admin"];

    /// <summary>active, inactive or deleted.</summary>
    public static string StateOf(StaffView member) => member.Deleted ? "deleted" : member.Active ? "active" : "inactive";

    /// <summary>The roles whose people are managed by whoever is signed in.</summary>
    public static string[] ManagedBy(SessionState session) => session.Is("admin") ? All : session.Is("supervisor") ? ["operator"] : [];
}

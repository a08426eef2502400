using MudBlazor;

namespace Hotline.Console.Layout;

/// <summary>A page that the shell leads to.</summary>
/// <param name="Name">Page.{Name} in the word lists.</param>
/// <param name="Path">First part of its address.</param>
/// <param name="Key">Of the shortcut Alt+Key.</param>
/// <param name="Roles">Whose rail it is in.</param>
/// <param name="Everybody">Open to all roles, those too that do not have it in the rail.</param>
/// <param name="Bare">Shown without bar and rail.</param>
public sealed record Place(
    string Name, string Path, string Icon, string Key, string[] Roles, bool Everybody = false, bool Bare = false);

/// <summary>Which pages there are, and for whom.</summary>
public static class Places
{
    private static readonly string[] Desk = ["operator", "supervisor"];

    private static readonly Place[] All =
    [
        new("Workbench", "workbench", Icons.Material.Outlined.Call, "1", Desk),
        new("Requests", "requests", Icons.Material.Outlined.Assignment, "2", Desk),
        new("Orders", "orders", Icons.Material.Outlined.ViewKanban, "3", Desk),
        new("FollowUps", "callbacks", Icons.Material.Outlined.PhoneCallback, "4", Desk),
        new("Calls", "calls", Icons.Material.Outlined.PhoneEnabled, "C", Desk),
        new("Vendors", "vendors", Icons.Material.Outlined.Storefront, "5", ["supervisor"]),
        new("Overview", "overview", Icons.Material.Outlined.QueryStats, "6", Desk),
        new("Staffing", "staffing", Icons.Material.Outlined.SupportAgent, "7", ["supervisor"]),
        new("Seats", "seats", Icons.Material.Outlined.HeadsetMic, "S", ["supervisor"]),
        new("Wall", "wall", Icons.Material.Outlined.Tv, "W", ["supervisor"], Bare: true),
        new("AccessLog", "looks", Icons.Material.Outlined.Policy, "9", ["supervisor"]),
        new("Operations", "operations", Icons.Material.Outlined.MonitorHeart, "7", ["ops"]),
        new("Vendor", "vendor", Icons.Material.Outlined.Handyman, "8", ["vendor"]),
        new("Staff", "staff", Icons.Material.Outlined.Group, "8", ["supervisor", "admin"]),
        new("Systems", "systems", Icons.Material.Outlined.Key, "7", ["admin"]),
        new("Audit", "audit", Icons.Material.Outlined.History, "9", ["admin"]),
        new("Account", "account-settings", Icons.Material.Outlined.ManageAccounts, "0", ["admin"], Everybody: true),
        new("Rules", "help", Icons.Material.Outlined.HelpOutline, "", [], Everybody: true),
    ];

    /// <summary>The rail of a role. A vendor has one place to be and needs no way to others.</summary>
    public static Place[] Rail(string role) => role == "vendor" ? [] : [.. All.Where(p => p.Roles.Contains(role))];

    /// <summary>The page at an address; null where there is none.</summary>
    public static string? NameOf(string path) => All.FirstOrDefault(p => p.Path == path)?.Name;

    /// <summary>Whether the page at an address has the screen for itself.</summary>
    public static bool IsBare(string path) => All.FirstOrDefault(p => p.Path == path) is { Bare: true };

    /// <summary>Where a role begins.</summary>
    public static string Home(string role) => All.FirstOrDefault(p => p.Roles.Contains(role))?.Path ?? "nothing-here";

    /// <summary>Whether a role may see a page; an address of no page is for the router to refuse.</summary>
    public static bool IsOpen(string path, string role) =>
        All.FirstOrDefault(p => p.Path == path) is not { } place || place.Everybody || place.Roles.Contains(role);
}

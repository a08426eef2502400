namespace Hotline.Wire.Identity;

/// <param name="Username">3 to 40 letters, digits, dots, hyphens or underscores.</param>
/// <param name="DisplayName">Shown in timelines; the vendor's name if not given.</param>
public sealed record VendorUserInput(string? Username, string? DisplayName) : Shown;

/// <summary>A user's name and password, which is shown once: only its hash is kept.</summary>
public sealed record UserCredentials(string Username, string Password) : Shown;

/// <param name="Locked">For a while, after wrong passwords.</param>
public sealed record VendorUserView(string Username, string DisplayName, bool Locked) : Shown;

/// <summary>Who of a vendor may sign in.</summary>
/// <param name="Items">Its people.</param>
/// <param name="NextCursor">Always null: all of them are here.</param>
/// <param name="ClientId">Its system's credential; null if it has none.</param>
public sealed record VendorSignIns(IReadOnlyList<VendorUserView> Items, string? NextCursor, string? ClientId) : Shown;

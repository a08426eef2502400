namespace Hotline.Wire.Identity;

/// <param name="Username">3 to 40 letters, digits, dots, hyphens or underscores; it cannot be changed later.</param>
/// <param name="Name">Shown wherever the person acts; at most 50 characters.</param>
/// <param name="StaffNumber">The seat's number (工号): up to 20 letters and digits; may be missing.</param>
/// <param name="Role">operator, supervisor, ops or admin.</param>
public sealed record StaffInput(string? Username, string? Name, string? StaffNumber, string? Role) : Shown;

/// <summary>What changes; fields not given stay.</summary>
/// <param name="StaffNumber">Empty takes it away.</param>
/// <param name="Active">false: may not sign in, until true again.</param>
public sealed record StaffPatch(string? Name, string? StaffNumber, string? Role, bool? Active) : Shown;

/// <param name="Current">The password that is to be replaced.</param>
/// <param name="New">At least 12 characters, of any kind; not a common one.</param>
public sealed record PasswordInput(string? Current, string? New) : Shown;

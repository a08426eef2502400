namespace Hotline.Wire.Identity;

/// <param name="Password">Temporary, shown once.</param>
public sealed record ImportedStaff(int Line, string Username, string Name, string? StaffNumber, string Role, string Password) : Shown;

/// <param name="Created">How many.</param>
public sealed record ImportView(int Created, IReadOnlyList<ImportedStaff> Items) : Shown;

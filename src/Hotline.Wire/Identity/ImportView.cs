namespace Hotline.Wire.Identity;

/// <param name="Line">In the file; the header is line 1.</param>
/// <param name="Field">username, name, staffNumber or role; none for the whole line.</param>
/// <param name="Column">As the file's heading calls the field.</param>
public sealed record ImportFault(int Line, string? Field, string? Column, string Message) : Shown;

/// <param name="Password">Temporary, shown once.</param>
public sealed record ImportedStaff(int Line, string Username, string Name, string? StaffNumber, string Role, string Password) : Shown;

/// <param name="Created">How many.</param>
public sealed record ImportView(int Created, IReadOnlyList<ImportedStaff> Items) : Shown;

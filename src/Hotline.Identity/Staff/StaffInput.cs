using System.Text.RegularExpressions;
using FluentValidation;
using Hotline.ServiceDefaults;
using Hotline.Wire;

namespace Hotline.Identity.Staff;

/// <param name="Username">3 to 40 letters, digits, dots, hyphens or underscores; it cannot be changed later.</param>
/// <param name="Name">Shown wherever the person acts; at most 50 characters.</param>
/// <param name="StaffNumber">The seat's number (工号): up to 20 letters and digits; may be missing.</param>
/// <param name="Role">operator, supervisor, ops or admin.</param>
public sealed record StaffInput(string? Username, string? Name, string? StaffNumber, string? Role);

/// <summary>What changes; fields not given stay.</summary>
/// <param name="StaffNumber">Empty takes it away.</param>
/// <param name="Active">false: may not sign in, until true again.</param>
public sealed record StaffPatch(string? Name, string? StaffNumber, string? Role, bool? Active)
{
    /// <summary>JSON names of what an account may be without: a merge patch may remove them.</summary>
    internal static readonly string[] Removable = ["staffNumber"];

    /// <param name="removed">JSON names of what a merge patch removes.</param>
    public StaffChange ToChange(IReadOnlySet<string> removed) => new(Name?.Trim(), Number(StaffNumber), Role, Active)
    {
        RemovesStaffNumber = removed.Contains("staffNumber") || StaffNumber is not null && Number(StaffNumber) is null,
    };

    internal static string? Number(string? number) => number?.Trim() is { Length: > 0 } trimmed ? trimmed : null;
}

internal static partial class StaffRules
{
    public static readonly Text Username = new("username.invalid",
        "用户名须为 3 到 40 个字母、数字、点、短横或下划线", "A user name has 3 to 40 letters, digits, dots, hyphens or underscores");
    public static readonly Text Number = new("staff-number.invalid", "工号须为 1 到 20 个字母或数字", "A staff number has 1 to 20 letters or digits");
    public static readonly Text Role = new("role.unknown", "角色只能是 operator、supervisor、ops 或 admin",
        "The role must be operator, supervisor, ops or admin");

    public static bool IsUsername(string? name) => name is not null && UsernamePattern().IsMatch(name);

    public static bool IsNumber(string? number) => StaffPatch.Number(number) is not { } given || NumberPattern().IsMatch(given);

    // \z, not $: that matches before a line's end as well
    [GeneratedRegex(@"\A[A-Za-z0-9._-]{3,40}\z")]
    private static partial Regex UsernamePattern();

    [GeneratedRegex(@"\A[A-Za-z0-9]{1,20}\z")]
    private static partial Regex NumberPattern();
}

internal sealed class StaffInputRules : AbstractValidator<StaffInput>
{
    public StaffInputRules()
    {
        RuleFor(s => s.Username).Must(StaffRules.IsUsername).Says(StaffRules.Username);
        RuleFor(s => s.Name).Words(50);
        RuleFor(s => s.StaffNumber).Must(StaffRules.IsNumber).Says(StaffRules.Number);
        RuleFor(s => s.Role).Must(r => StaffMember.StaffRoles.Contains(r)).Says(StaffRules.Role);
    }
}

internal sealed class StaffPatchRules : AbstractValidator<StaffPatch>
{
    public StaffPatchRules()
    {
        RuleFor(s => s.Name).Words(50).When(s => s.Name is not null);
        RuleFor(s => s.StaffNumber).Must(StaffRules.IsNumber).Says(StaffRules.Number);
        RuleFor(s => s.Role).Must(r => StaffMember.StaffRoles.Contains(r)).Says(StaffRules.Role).When(s => s.Role is not null);
    }
}

/// <param name="Current">The password that is to be replaced.</param>
/// <param name="New">At least 12 characters, of any kind; not a common one.</param>
public sealed record PasswordInput(string? Current, string? New);

using System.Text.RegularExpressions;
using FluentValidation;
using Hotline.Wire.Identity;

namespace Hotline.Identity.Staff;

/// <summary>What a change gives.</summary>
public static class StaffPatches
{
    /// <summary>JSON names of what an account may be without: a merge patch may remove them.</summary>
    internal static readonly string[] Removable = ["staffNumber"];

    internal static string? Number(string? number) => number?.Trim() is { Length: > 0 } trimmed ? trimmed : null;

    extension(StaffPatch patch)
    {
        /// <param name="removed">JSON names of what a merge patch removes.</param>
        public StaffChange ToChange(IReadOnlySet<string> removed) => new(
            patch.Name?.Trim(), Number(patch.StaffNumber), patch.Role, patch.Active)
        {
            RemovesStaffNumber = removed.Contains("staffNumber") || patch.StaffNumber is not null && Number(patch.StaffNumber) is null,
        };
    }
}

internal static partial class StaffRules
{
    public static readonly Text Username = new("username.invalid",
        "用户名须为 3 到 40 个字母、数字、点、短横或下划线", "A user name has 3 to 40 letters, digits, dots, hyphens or underscores");
    public static readonly Text Number = new("staff-number.invalid", "工号须为 1 到 20 个字母或数字", "A staff number has 1 to 20 letters or digits");
    public static readonly Text Role = new("role.unknown", "角色只能是 operator、supervisor、ops 或 admin",
        "The role must be operator, supervisor, ops or admin");

    public static bool IsUsername(string? name) => name is not null && UsernamePattern().IsMatch(name);

    public static bool IsNumber(string? number) => StaffPatches.Number(number) is not { } given || NumberPattern().IsMatch(given);

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

namespace Hotline.Identity.Staff;

/// <summary>What is to change of an account; null = stays.</summary>
public sealed record StaffChange(string? Name, string? StaffNumber, string? Role, bool? Active)
{
    /// <summary>That nothing but the seat's number is to go.</summary>
    public bool RemovesStaffNumber { get; init; }
}

/// <summary>An account of the hotline's own people, with the rules of who may do what to whom. Vendors' people are not among
/// them.</summary>
public sealed record StaffMember : IVersioned
{
    /// <summary>Roles that staff may have, one each.</summary>
    public static readonly string[] StaffRoles = [Roles.Operator, Roles.Supervisor, Roles.Ops, Roles.Admin];

    private static readonly Text LastAdmin = new("staff.last-admin", "这是最后一个在用的管理员，请先设置另一名管理员",
        "This is the last active admin: make somebody else one first");
    private static readonly Text Own = new("staff.own-role",
        "不能更改自己的角色，也不能停用或删除自己，请由另一名管理员操作", "Nobody changes their own role or ends their own account: ask another admin");
    private static readonly Text NotYours = new("staff.not-yours", "班长只能管理接线员，请由管理员操作",
        "A supervisor manages operators only: ask an admin");
    private static readonly Text Gone = new("staff.deleted", "该账号已删除", "The account was deleted");

    public Guid Id { get; init; }
    public string Username { get; init; } = "";
    public string Name { get; init; } = "";
    public string? StaffNumber { get; init; }
    public string Role { get; init; } = "";
    public bool Active { get; init; }
    public bool Deleted { get; init; }
    public bool MustChangePassword { get; init; }
    public bool TwoFactor { get; init; }
    public DateTimeOffset? LockedUntil { get; init; }
    public DateTimeOffset? LastSignInAt { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
    public int Version { get; init; }

    /// <summary>An admin manages all staff, a supervisor operators.</summary>
    /// <returns>Why not; null where it may be.</returns>
    public static Refusal? Forbids(Caller by, string role) =>
        by.Role == Roles.Admin || role == Roles.Operator ? null : new(NotYours, StatusCodes.Status403Forbidden);

    /// <summary>Another name, number or role; ended for a while or taken back.</summary>
    /// <param name="otherAdmins">Active admins other than this one.</param>
    public Decision<StaffMember> Change(StaffChange change, Caller by, int otherAdmins)
    {
        if (Deleted) return new Refusal(Gone, CurrentStatus: "deleted");
        var next = this with
        {
            Name = change.Name ?? Name,
            StaffNumber = change.RemovesStaffNumber ? null : change.StaffNumber ?? StaffNumber,
            Role = change.Role ?? Role,
            Active = change.Active ?? Active,
        };
        if ((Forbids(by, Role) ?? Forbids(by, next.Role)) is { } refusal) return refusal;
        if (IsSelf(by) && (next.Role != Role || !next.Active)) return new Refusal(Own);
        if (IsAdmin && !next.IsAdmin && otherAdmins == 0) return new Refusal(LastAdmin);
        return Decision.Accept(next == this ? this : next with { Version = Version + 1 });
    }

    /// <summary>Ended for ever.</summary>
    public Decision<StaffMember> Delete(Caller by, int otherAdmins)
    {
        if (Deleted) return new Refusal(Gone, CurrentStatus: "deleted");
        if (Forbids(by, Role) is { } refusal) return refusal;
        if (IsSelf(by)) return new Refusal(Own);
        if (IsAdmin && otherAdmins == 0) return new Refusal(LastAdmin);
        return Decision.Accept(this with { Active = false, Deleted = true, Version = Version + 1 });
    }

    /// <summary>Somebody else gives it a password or ends its sessions.</summary>
    public Refusal? ForbidsTo(Caller by) => Deleted ? new(Gone, CurrentStatus: "deleted") : Forbids(by, Role);

    /// <summary>Whether tokens given out before must end: another role, or none any more.</summary>
    public bool TakesFrom(StaffMember before) => before.Role != Role || before.Active && !Active;

    /// <summary>For the audit log: "role: operator -> supervisor".</summary>
    public string DifferenceFrom(StaffMember before)
    {
        (string Field, string? Old, string? New)[] fields =
        [
            ("name", before.Name, Name), ("staffNumber", before.StaffNumber, StaffNumber), ("role", before.Role, Role),
            ("active", before.Active ? "true" : "false", Active ? "true" : "false"),
        ];
        return string.Join("; ", fields.Where(f => f.Old != f.New).Select(f => $"{f.Field}: {f.Old ?? "-"} -> {f.New ?? "-"}"));
    }

    private bool IsAdmin => Role == Roles.Admin && Active && !Deleted;

    private bool IsSelf(Caller by) => by.Id == Id.ToString();
}

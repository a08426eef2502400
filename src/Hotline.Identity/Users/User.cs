using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Hotline.Identity.Users;

/// <summary>A person who signs in. What is managed of it is read and changed as a StaffMember.</summary>
public sealed class User : IdentityUser<Guid>
{
    /// <summary>Shown in timelines.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>One of Roles.</summary>
    public string Role { get; set; } = "";

    /// <summary>The vendor that a person of role vendor works for.</summary>
    public Guid? VendorId { get; set; }

    /// <summary>The seat's number (工号).</summary>
    public string? StaffNumber { get; set; }

    /// <summary>May sign in.</summary>
    public bool Active { get; set; } = true;

    /// <summary>Inactive for ever; the row is kept for its name.</summary>
    public bool Deleted { get; set; }

    /// <summary>The password is a temporary one that somebody else has seen.</summary>
    public bool MustChangePassword { get; set; }

    /// <summary>The half minute whose time-based code was used last (RFC 6238: a code works once).</summary>
    public long? LastTotpStep { get; set; }

    public DateTimeOffset? LastSignInAt { get; set; }

    /// <summary>None of an account of an older release.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>Grows with each managed change.</summary>
    public int Version { get; set; } = 1;

    /// <summary>May sign in, and stay.</summary>
    public bool MayWork => Active && !Deleted;
}

/// <summary>The tables of ASP.NET Core Identity and OpenIddict; the only place with EF Core, because those libraries need it.
/// Its schema is the migration 0002_identity.sql, which a test compares with this model.</summary>
public sealed class IdentityDatabase(DbContextOptions<IdentityDatabase> options) : IdentityUserContext<User, Guid>(options)
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.UseOpenIddict();
    }
}

using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Hotline.Identity.Users;

/// <summary>A person who signs in.</summary>
public sealed class User : IdentityUser<Guid>
{
    /// <summary>Shown in timelines.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>One of Roles.</summary>
    public string Role { get; set; } = "";

    /// <summary>The vendor that a person of role vendor works for.</summary>
    public Guid? VendorId { get; set; }
}

/// <summary>The tables of ASP.NET Core Identity and OpenIddict; the only place with EF Core, because those libraries need it. Its schema is the migration
/// 0002_identity.sql, which a test compares with this model.</summary>
public sealed class IdentityDatabase(DbContextOptions<IdentityDatabase> options) : IdentityUserContext<User, Guid>(options)
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.UseOpenIddict();
    }
}

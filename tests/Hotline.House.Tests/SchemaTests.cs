using Hotline.Identity.Users;
using Microsoft.EntityFrameworkCore;

namespace Hotline.House.Tests;

public sealed class SchemaTests
{
    /// <summary>Identity's libraries bring their own model. When it changes with a new release, add a migration with the difference
    /// and update this file's text to the whole.</summary>
    [Fact]
    public void Identitys_migration_is_the_schema_of_its_model()
    {
        var options = new DbContextOptionsBuilder<IdentityDatabase>().UseNpgsql("Host=none").UseSnakeCaseNamingConvention()
            .UseOpenIddict().Options;
        using var database = new IdentityDatabase(options);
        database.Database.GenerateCreateScript().Replace("\r\n", "\n").TrimEnd()
            .ShouldBe(Tree.Read("src/Hotline.Identity/Migrations/0002_identity.sql").TrimEnd());
    }

    [Fact]
    public void Migrations_are_numbered_without_gaps_in_every_service()
    {
        foreach (var project in Tree.Services.Values.Where(p => p != "Hotline.Gateway"))
        {
            var numbers = Directory.EnumerateFiles(Path.Combine(Tree.Root, "src", project, "Migrations"), "*.sql")
                .Select(f => int.Parse(Path.GetFileName(f)[..4], System.Globalization.CultureInfo.InvariantCulture)).Order().ToArray();
            numbers.ShouldBe(Enumerable.Range(2, numbers.Length), project); // 0001 is messaging's, the same in every service
        }
    }
}

using System.ComponentModel.DataAnnotations;
using Hotline.ServiceDefaults;
using Microsoft.AspNetCore.Builder;

namespace Hotline.Decisions.Tests;

/// <summary>Secrets are given, never made up: without them nothing starts outside Development.</summary>
public sealed class SecretTests
{
    [Fact]
    public void No_process_starts_in_production_without_a_key_ring_that_lasts()
    {
        var production = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        Should.Throw<InvalidOperationException>(() => production.AddHostDefaults("test")).Message.ShouldContain("DataProtection__Path");
        WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" }).AddHostDefaults("test");
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("short", false)]
    [InlineData("0123456789abcdef0123456789abcdef", true)]
    public void The_key_of_phone_hashes_must_be_given_and_long(string key, bool valid)
    {
        var options = new PersonalDataOptions { HashKey = key };
        Validator.TryValidateObject(options, new(options), null, validateAllProperties: true).ShouldBe(valid);
    }
}

using Hotline.ServiceDefaults;

namespace Hotline.Decisions.Tests;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("13800000000", "13800000000")]
    [InlineData("+86 138 0000 0000", "13800000000")]
    [InlineData("138-0000-0000", "13800000000")]
    [InlineData("\uff11\uff13\uff18\uff10\uff10\uff10\uff10\uff10\uff10\uff10\uff10", "13800000000")]
    [InlineData("0577-65000000", "057765000000")]
    [InlineData("65000000", "057765000000")]
    [InlineData("14500000001", "14500000001")]
    public void Numbers_of_mainland_China_have_one_form(string typed, string normal) => PhoneNumber.Normalize(typed).ShouldBe(normal);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1380000")]
    [InlineData("138000000000")]
    [InlineData("+1 212 555 0100")]
    [InlineData("+44 20 7946 0958")]
    [InlineData("+852 2345 6789")]
    [InlineData("电话")]
    [InlineData("13800000000;ext=5")]
    public void Anything_else_is_none(string? typed) => PhoneNumber.Normalize(typed).ShouldBeNull();

    [Fact]
    public void A_mask_hides_the_middle() => PhoneNumber.Mask("13812345678").ShouldBe("138****5678");
}

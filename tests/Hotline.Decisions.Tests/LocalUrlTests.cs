using Hotline.ServiceDefaults;

namespace Hotline.Decisions.Tests;

public sealed class LocalUrlTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("docs")]
    [InlineData("https://evil.example")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("/\n/evil.example")]
    [InlineData("/docs\r\nX-Evil: 1")]
    [InlineData("/docs?q=a\u0000b")]
    [InlineData("/docs\u0085")]
    [InlineData("/%09/evil.example")]
    [InlineData("/%5cevil.example")]
    [InlineData("/%2Fevil.example")]
    [InlineData("/%25%32%46evil.example")]
    [InlineData("/%25252525252Fevil.example")]
    [InlineData("/docs/..//evil.example")]
    [InlineData(" /docs")]
    [InlineData("~/docs")]
    public void What_could_lead_elsewhere_leads_home(string? asked) => LocalUrl.Of(asked).ShouldBe("/");

    [Theory]
    [InlineData("/", "/")]
    [InlineData("/requests?q=疏通", "/requests?q=%E7%96%8F%E9%80%9A")]
    [InlineData("/requests?q=%E7%96%8F", "/requests?q=%E7%96%8F")]
    [InlineData("/requests?q=50%25&to=//x\\y", "/requests?q=50%25&to=//x%5Cy")]
    [InlineData("/vendors?q=a b#top", "/vendors?q=a%20b#top")]
    [InlineData("/docs/../requests", "/requests")]
    [InlineData("/\U0001F600", "/%F0%9F%98%80")]
    public void A_path_of_this_site_is_kept_in_ASCII(string asked, string kept) => LocalUrl.Of(asked).ShouldBe(kept);
}

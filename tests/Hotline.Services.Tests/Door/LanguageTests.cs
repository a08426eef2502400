namespace Hotline.Services.Tests.Door;

/// <summary>Answers in Chinese or English, and what they say of it.</summary>
public sealed class LanguageTests(IntakeApi api) : IClassFixture<IntakeApi>
{
    private const string Requests = "/api/intake/requests";

    [Theory]
    [InlineData("", "zh-CN"), InlineData("zh", "zh-CN"), InlineData("zh-TW", "zh-CN"), InlineData("zh-HK", "zh-CN"),
        InlineData("zh-Hans-CN", "zh-CN")]
    [InlineData("zh-SG", "zh-CN"), InlineData("zh-Hant-HK-x-y", "zh-CN"), InlineData("ZH-mo", "zh-CN"), InlineData("yue-HK", "zh-CN"),
        InlineData("*", "zh-CN")]
    [InlineData("en;q=0", "zh-CN"), InlineData("en;q=0, zh;q=0", "zh-CN"), InlineData("fr", "zh-CN"), InlineData("tlh", "zh-CN"),
        InlineData("xx-YY-ZZ", "zh-CN")]
    [InlineData(";;;q=,-", "zh-CN"), InlineData("e n", "zh-CN"), InlineData("zh;q=0.9, en;q=0.8", "zh-CN"), InlineData("english", "zh-CN")]
    [InlineData("en", "en"), InlineData("en-GB", "en"), InlineData("EN-us", "en"), InlineData("zh;q=0.1, en;q=0.8", "en"),
        InlineData("fr, en;q=0.5, zh;q=0.4", "en")]
    public async Task Everybody_gets_real_messages_in_one_of_two_languages(string asked, string spoken)
    {
        var answer = await api.Operator.Raw(Requests, "{}", "application/json", ("Accept-Language", asked));
        answer.Content.ContentLanguage.ShouldBe([spoken]);
        answer.Headers.Vary.ShouldBe(["Accept-Language", "Authorization", "Cookie"]);
        (answer.Code, answer.Message("address").Length > 0, answer.Message("caller"))
            .ShouldBe((400, true, spoken == "en" ? "required" : "必填"));
        answer.Text("title").ShouldStartWith(spoken == "en" ? "Some fields" : "输入有误");
    }

    [Fact]
    public async Task A_representation_of_another_language_has_another_tag()
    {
        var path = $"{Requests}/{await api.A_request()}";
        var (chinese, english) = (await api.Operator.Get(path, ("Accept-Language", "zh-TW")),
            await api.Operator.Get(path, ("Accept-Language", "en")));
        (chinese.ETag, english.ETag).ShouldBe(("\"1\"", "\"1-en\""));
        (english.Text("categoryName") == chinese.Text("categoryName")).ShouldBeFalse();
        english.Content.ContentLanguage.ShouldBe(["en"]);
        english.Headers.Vary.ShouldContain("Accept-Language");
    }
}

using Hotline.Catalogue;

namespace Hotline.Decisions.Tests;

public sealed class CatalogueTests
{
    private static readonly ServiceCatalogue Catalogue = ServiceCatalogue.Current;

    [Theory]
    [InlineData("疏通", "drains.unclog-drain")]
    [InlineData("下水道堵了", "drains.unclog-drain")]
    [InlineData("马桶不通", "drains.unclog-toilet")]
    [InlineData("shutong", "drains.unclog-drain")]
    [InlineData("SHU TONG", "drains.unclog-drain")]
    [InlineData("开锁", "locks.open-lock")]
    [InlineData("kaisuo", "locks.open-lock")]
    [InlineData("换锁芯", "locks.change-lock")]
    [InlineData("找个住家保姆", "domestic.live-in-nanny")]
    [InlineData("空调不制冷", "appliance.aircon-repair")]
    [InlineData("冰箱不制冷", "appliance.fridge-repair")]
    [InlineData("我家厨房的下水道又堵了,水漫出来了", "drains.unclog-drain")]
    [InlineData("师傅帮我看看空调怎么不制冷了", "appliance.aircon-repair")]
    [InlineData("wifi", "digital.network")]
    [InlineData("WiFi", "digital.network")]
    [InlineData("家里有老鼠", "pest.cockroach-rodent")]
    [InlineData("Moving", "moving.home-moving")]
    [InlineData("drains.jetting", "drains.jetting")]
    public void What_citizens_say_finds_the_category(string words, string code) => Catalogue.Search(words).Fits[0].Code.ShouldBe(code);

    [Fact]
    public void A_word_that_fits_several_shows_the_best_and_names_the_others()
    {
        var fits = Catalogue.Search("疏通").Fits.Select(c => c.Code).ToArray();
        fits[0].ShouldBe("drains.unclog-drain");
        fits.ShouldContain("drains.unclog-toilet");
        fits.ShouldContain("drains.jetting");
    }

    [Theory]
    [InlineData("火星移民")]
    [InlineData("xyzzy")]
    [InlineData("弄一弄那个")]
    [InlineData("🙂🙂")]
    public void A_word_that_fits_none_gives_suggestions_and_no_error(string words)
    {
        var result = Catalogue.Search(words);
        result.Fits.ShouldBeEmpty();
        if (words != "🙂🙂") result.Nearest.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\ud83d")]
    [InlineData("%'; drop table vendors; --")]
    public void Strange_input_is_just_a_word_that_fits_nothing(string words) => Catalogue.Search(words).Fits.ShouldBeEmpty();

    [Fact]
    public void Every_term_of_the_catalogue_finds_its_own_category()
    {
        var astray = Catalogue.Groups.SelectMany(g => g.Leaves).SelectMany(c => c.Terms.Prepend(c.Name), (c, term) => (c, term))
            .Where(x => Catalogue.Search(x.term).Fits is not [var best, ..] || best.Code != x.c.Code).Select(x => $"{x.term} -> {x.c.Code}");
        astray.ShouldBeEmpty();
    }

    [Fact]
    public void There_are_at_least_60_categories_in_10_groups_and_the_23_real_areas()
    {
        Catalogue.Groups.Count.ShouldBeGreaterThanOrEqualTo(10);
        Catalogue.Groups.Sum(g => g.Leaves.Count).ShouldBeGreaterThanOrEqualTo(60);
        Catalogue.Areas.Count.ShouldBe(23);
        Catalogue.Areas.ShouldAllBe(a => a.Code.Length == 9 && a.Code.StartsWith(Catalogue.City.Code));
    }
}

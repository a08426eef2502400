using Hotline.Catalogue;

namespace Hotline.Decisions.Tests;

public sealed class CatalogueTests
{
    private static readonly ServiceCatalogue Catalogue = ServiceCatalogue.Current;

    [Theory]
    [InlineData("空调", true)]
    [InlineData("洗衣机", true)]
    [InlineData("堵了", true)]
    [InlineData("清洗", true)]
    [InlineData("疏通", false)]
    [InlineData("开锁", false)]
    [InlineData("shutong", false)]
    [InlineData("空调不制冷", false)]
    [InlineData("修洗衣机", false)]
    [InlineData("我家厨房的下水道又堵了,水漫出来了", false)]
    public void A_word_that_means_two_services_alike_is_ambiguous(string said, bool ambiguous) =>
        ServiceCatalogue.Current.Search(said).IsAmbiguous.ShouldBe(ambiguous);

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

    [Fact]
    public void What_people_say_finds_what_they_mean()
    {
        var astray = Sayings().Where(s => Catalogue.Search(s.Words).Fits is not [var best, ..] || best.Code != s.Code)
            .Select(s => $"{s.Words} -> {string.Join(' ', Catalogue.Search(s.Words).Fits.Select(c => c.Code).DefaultIfEmpty("nothing"))}, "
                + $"not {s.Code}").ToArray();
        astray.ShouldBeEmpty();
        Sayings().Count().ShouldBeGreaterThan(300);
    }

    [Fact]
    public void What_people_say_is_found_in_traditional_characters_full_width_with_blanks_and_zero_widths_too()
    {
        foreach (var (words, code) in Sayings().Where(s => s.Words.Any(c => c > 0x4e00)))
            foreach (var written in (string[])[$" {words}!", string.Join('\u200b', words.ToCharArray()), string.Join(' ',
                words.ToCharArray()), $"「{words}」"])
                (Catalogue.Search(written).Fits is [var best, ..] ? best.Code : "").ShouldBe(code, written);
    }

    [Theory]
    [InlineData("火星移民")]
    [InlineData("xyzzy")]
    [InlineData("弄一弄那个")]
    [InlineData("天气怎么样")]
    [InlineData("飞机坏了")]
    [InlineData("修飞机")]
    [InlineData("我要投诉公交司机")]
    [InlineData("身份证怎么办理")]
    [InlineData("噪音扰民")]
    [InlineData("医保怎么报销")]
    [InlineData("停水通知")]
    [InlineData("换身份证")]
    [InlineData("洗钱")]
    [InlineData("blockchain")]
    [InlineData("hello world")]
    [InlineData("🙂🙂")]
    public void Words_that_fit_nothing_and_are_near_nothing_name_nothing(string words)
    {
        Catalogue.Search(words).Fits.Select(c => c.Code).ShouldBeEmpty();
        Catalogue.Search(words).Nearest.Select(c => c.Code).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("我的手机号码是多少", "digital.phone-repair")]
    [InlineData("我想买一台新的电视机", "appliance.tv-repair")]
    public void What_only_mentions_a_thing_fits_nothing_but_is_near(string words, string code)
    {
        Catalogue.Search(words).Fits.Select(c => c.Code).ShouldBeEmpty();
        Catalogue.Search(words).Nearest.Select(c => c.Code).ShouldContain(code);
    }

    [Fact]
    public void English_is_found_by_words_not_by_letters_within_them()
    {
        Catalogue.Search("lock").Fits.Select(c => c.Code).ShouldNotContain(c => c.StartsWith("drains."));
        Catalogue.Search("blocked").Fits.Select(c => c.Code).ShouldNotContain(c => c.StartsWith("locks."));
        Catalogue.Search("cat").Fits.Select(c => c.Code).ShouldBe(["life.pet-care"]);
        Catalogue.Search("van").Fits[0].Code.ShouldBe("moving.van-hire");
    }

    [Fact]
    public void What_is_still_to_be_named_has_a_code_and_is_found_by_no_word()
    {
        Catalogue.Category("other").ShouldBe(ServiceCatalogue.Other);
        Catalogue.Category("other.other").ShouldBe(ServiceCatalogue.Other);
        Catalogue.Groups.SelectMany(g => g.Leaves).ShouldNotContain(ServiceCatalogue.Other);
        Catalogue.Search("其他").Fits.ShouldBeEmpty();
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
            .Where(x => Catalogue.Search(x.term).Fits is not [var best, ..] || best.Code != x.c.Code).Select(x =>
                $"{x.term} -> {x.c.Code}");
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

    private static IEnumerable<(string Words, string Code)> Sayings() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "sayings.txt")).Where(l => l.Contains(':') && !l.StartsWith('#'))
        .SelectMany(l => l[(l.IndexOf(':') + 1)..].Split(',', StringSplitOptions.TrimEntries), (l, words) => (words, l[..l.IndexOf(':')]));
}

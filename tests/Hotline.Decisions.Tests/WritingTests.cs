using FluentValidation;
using Hotline.ServiceDefaults;
using Hotline.VendorRegistry.Vendors;

namespace Hotline.Decisions.Tests;

public sealed class WritingTests
{
    private sealed record Form(string? Text);

    private sealed class WordsRules : AbstractValidator<Form>
    {
        public WordsRules() => RuleFor(f => f.Text).Words(5);
    }

    private sealed class OptionalWordsRules : AbstractValidator<Form>
    {
        public OptionalWordsRules() => RuleFor(f => f.Text).OptionalWords(5);
    }

    private sealed class LineRules : AbstractValidator<Form>
    {
        public LineRules() => RuleFor(f => f.Text).Line(5);
    }

    private static bool Words(string? text) => new WordsRules().Validate(new Form(text)).IsValid;

    private static bool Line(string? text) => new LineRules().Validate(new Form(text)).IsValid;

    [Theory]
    [InlineData("")]
    [InlineData(" \t\n")]
    [InlineData("\u3000\u00a0")]
    [InlineData("\u200b")]
    [InlineData("\u3164")]
    [InlineData("\uffa0")]
    [InlineData("\u2800")]
    [InlineData("\u00ad")]
    [InlineData("\ufeff")]
    [InlineData("\u2060\u180e\u034f\u115f\u17b4")]
    [InlineData("\ufe0f")]
    [InlineData("\U000e0041")]
    [InlineData(null)]
    public void What_cannot_be_seen_is_not_filled_in(string? text)
    {
        Words(text).ShouldBeFalse();
        new OptionalWordsRules().Validate(new Form(text)).IsValid.ShouldBeTrue();
    }

    [Theory]
    [InlineData("林女士")]
    [InlineData("林\u200b女士")]
    [InlineData("x\ty")]
    [InlineData("\u2776")]
    public void What_can_be_seen_is(string text)
    {
        Words(text).ShouldBeTrue();
        Line(text).ShouldBeTrue();
    }

    [Theory]
    [InlineData("a\u202eb")]
    [InlineData("\u202aa\u202c")]
    [InlineData("a\u2066b\u2069")]
    [InlineData("a\u206ab")]
    [InlineData("a\ufff9b")]
    [InlineData("a\0b")]
    [InlineData("a\u001bb")]
    [InlineData("a\u0085b")]
    public void Control_characters_direction_overrides_and_half_characters_are_refused_everywhere(string text)
    {
        Words(text).ShouldBeFalse();
        new OptionalWordsRules().Validate(new Form(text)).IsValid.ShouldBeFalse();
        Line(text).ShouldBeFalse();
    }

    // an attribute cannot hold them
    [Fact]
    public void Halves_of_a_surrogate_pair_are_refused()
    {
        foreach (var text in (string[])[$"a{(char)0xD83D}", $"{(char)0xDC00}a", $"{(char)0xDC00}{(char)0xD83D}"])
        {
            Words(text).ShouldBeFalse();
            Line(text).ShouldBeFalse();
            PhoneNumber.Normalize(text + "13800000000", "0577").ShouldBeNull();
            CreditCode.Normalize(text).ShouldBeNull();
        }
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\r\nb")]
    [InlineData("a\u2028b")]
    [InlineData("a\u2029b")]
    public void Line_breaks_are_refused_on_one_line_only(string text)
    {
        Line(text).ShouldBeFalse();
        Words(text).ShouldBeTrue();
    }

    [Fact]
    public void Characters_are_counted_as_a_reader_counts_them()
    {
        Words("12345").ShouldBeTrue();
        Words("123456").ShouldBeFalse();
        Words("𠮷𠮷𠮷𠮷𠮷").ShouldBeTrue("each of two units");
        Words("𠮷𠮷𠮷𠮷𠮷𠮷").ShouldBeFalse();
        Words("👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦").ShouldBeTrue("each of eleven units");
        Words("e\u0301e\u0301e\u0301e\u0301e\u0301").ShouldBeTrue("each of two units");
        Words("e" + new string('\u0301', 10_000)).ShouldBeFalse("marks piled up without end");
        new WordsRules().Validate(new Form("123456")).Errors.Single().ErrorMessage.ShouldContain("5");
    }

    [Theory]
    [InlineData("91350100M000100Y43", "91350100M000100Y43")] // the standard's own example
    [InlineData(" 91350100m000100y43 ", "91350100M000100Y43")]
    [InlineData("9135 0100 M000 100Y 43", "91350100M000100Y43")]
    [InlineData("\uff19\uff11\uff13\uff15\uff10\uff11\uff10\uff10\uff2d\uff10\uff10\uff10\uff11\uff10\uff10\uff39\uff14\uff13",
        "91350100M000100Y43")]
    [InlineData("914403001922038216", "914403001922038216")] // Huawei's, as on its licence
    public void A_unified_social_credit_code_is_checked_by_its_last_character(string typed, string code) =>
        CreditCode.Normalize(typed).ShouldBe(code);

    [Theory]
    [InlineData("91350100M000100Y44")]
    [InlineData("91350100M000100Y34")]
    [InlineData("91350100M00010OY43")]
    [InlineData("91350100I000100Y43")]
    [InlineData("91350100M000100Y4")]
    [InlineData("91350100M000100Y430")]
    [InlineData("91350100M000100Y43\nx")]
    [InlineData("")]
    [InlineData(null)]
    public void A_code_of_other_letters_or_with_a_wrong_check_is_none(string? typed) => CreditCode.Normalize(typed).ShouldBeNull();

    [Fact]
    public void Every_single_wrong_character_of_a_credit_code_is_found()
    {
        const string code = "91350100M000100Y43", alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        for (var i = 0; i < code.Length; i++)
            foreach (var other in alphabet.Where(c =>
                c != code[i])) CreditCode.Normalize($"{code[..i]}{other}{code[(i + 1)..]}").ShouldBeNull();
    }
}

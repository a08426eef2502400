using System.Globalization;
using FluentValidation;
using Hotline.ServiceDefaults;

namespace Hotline.Decisions.Tests;

/// <summary>What stands beside a field of a form.</summary>
public sealed class FieldMessageTests
{
    private enum Colour { Red }

    private sealed record Input(string? Text, int Number, decimal Amount, Colour Kind, string? Anything);

    private sealed class Rules : AbstractValidator<Input>
    {
        public Rules()
        {
            RuleFor(i => i.Text).Null();
            RuleFor(i => i.Text).Empty();
            RuleFor(i => i.Text).MaximumLength(1);
            RuleFor(i => i.Text).MinimumLength(9);
            RuleFor(i => i.Text).Length(8, 9);
            RuleFor(i => i.Text).Length(8);
            RuleFor(i => i.Text).Matches("^x$");
            RuleFor(i => i.Text).Equal("x");
            RuleFor(i => i.Text).NotEqual("abcd");
            RuleFor(i => i.Text).EmailAddress();
            RuleFor(i => i.Text).Must(_ => false);
            RuleFor(i => i.Text).IsEnumName(typeof(Colour));
            RuleFor(i => i.Anything).NotNull();
            RuleFor(i => i.Anything).NotEmpty();
            RuleFor(i => i.Number).InclusiveBetween(1, 2);
            RuleFor(i => i.Number).ExclusiveBetween(1, 2);
            RuleFor(i => i.Number).GreaterThan(9);
            RuleFor(i => i.Number).GreaterThanOrEqualTo(9);
            RuleFor(i => i.Number).LessThan(1);
            RuleFor(i => i.Number).LessThanOrEqualTo(1);
            RuleFor(i => i.Amount).PrecisionScale(4, 2, true);
            RuleFor(i => i.Kind).IsInEnum();
        }
    }

    [Theory, InlineData("zh-CN", "填写有误"), InlineData("en", "is not valid")]
    public void Every_rule_of_the_library_speaks_our_words_without_the_fields_name(string culture, string fallback)
    {
        ValidatorOptions.Global.LanguageManager = new FieldMessages();
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        var faults = new Rules().Validate(new Input("abcd", 5, 1.2345m, (Colour)7, null)).Errors;
        faults.Count.ShouldBe(22);
        foreach (var fault in faults)
        {
            fault.ErrorMessage.ShouldNotBeNullOrWhiteSpace(fault.ErrorCode);
            fault.ErrorMessage.ShouldNotContain("{", customMessage: fault.ErrorCode);
            fault.ErrorMessage.ShouldNotContain("'", customMessage: fault.ErrorCode);
            foreach (var name in (string[])["Text", "Number", "Amount", "Kind", "Anything"])
                fault.ErrorMessage.Contains(name, StringComparison.OrdinalIgnoreCase).ShouldBeFalse(fault.ErrorMessage);
            if (fault.ErrorCode != "PredicateValidator") fault.ErrorMessage.ShouldNotBe(fallback, fault.ErrorCode);
        }
    }
}

using System.Globalization;
using FluentValidation.Resources;
using Hotline.Wire;

namespace Hotline.ServiceDefaults;

/// <summary>What is wrong with a field, short enough to stand beside it: the library's own messages begin with the field's name in code
/// and speak only some Chinese.</summary>
public sealed class FieldMessages : ILanguageManager
{
    private static readonly Text Fallback = new("", "填写有误", "is not valid");

    // by the library's names of its rules; {MaxLength} and the like are its placeholders
    private static readonly Dictionary<string, Text> Messages = new Text[]
    {
        new("NotNullValidator", "必填", "required"),
        new("NotEmptyValidator", "必填", "required"),
        new("NullValidator", "不能填写", "must be left out"),
        new("EmptyValidator", "不能填写", "must be left out"),
        new("MaximumLengthValidator", "最多 {MaxLength} 个字符", "at most {MaxLength} characters"),
        new("MinimumLengthValidator", "至少 {MinLength} 个字符", "at least {MinLength} characters"),
        new("LengthValidator", "须为 {MinLength} 到 {MaxLength} 个字符", "{MinLength} to {MaxLength} characters"),
        new("ExactLengthValidator", "须为 {MaxLength} 个字符", "exactly {MaxLength} characters"),
        new("InclusiveBetweenValidator", "须在 {From} 与 {To} 之间", "from {From} to {To}"),
        new("ExclusiveBetweenValidator", "须大于 {From} 且小于 {To}", "more than {From} and less than {To}"),
        new("GreaterThanValidator", "须大于 {ComparisonValue}", "more than {ComparisonValue}"),
        new("GreaterThanOrEqualValidator", "不能小于 {ComparisonValue}", "at least {ComparisonValue}"),
        new("LessThanValidator", "须小于 {ComparisonValue}", "less than {ComparisonValue}"),
        new("LessThanOrEqualValidator", "不能大于 {ComparisonValue}", "at most {ComparisonValue}"),
        new("EqualValidator", "须为 {ComparisonValue}", "must be {ComparisonValue}"),
        new("NotEqualValidator", "不能为 {ComparisonValue}", "must not be {ComparisonValue}"),
        new("ScalePrecisionValidator", "最多 {ExpectedScale} 位小数", "at most {ExpectedScale} decimals"),
        new("RegularExpressionValidator", "格式不正确", "has the wrong form"),
        new("EmailValidator", "须为电子邮箱地址", "must be an e-mail address"),
        new("CreditCardValidator", "须为银行卡号", "must be a card number"),
        new("EnumValidator", "没有这个取值", "there is no such value"),
        new("StringEnumValidator", "没有这个取值", "there is no such value"),
        new("PredicateValidator", "填写有误", "is not valid"),
        new("AsyncPredicateValidator", "填写有误", "is not valid"),
    }.ToDictionary(text => text.Code);

    /// <inheritdoc/>
    public bool Enabled { get; set; } = true;

    /// <inheritdoc/>
    public CultureInfo? Culture { get; set; }

    /// <summary>In the caller's language, whatever culture is asked for.</summary>
    public string GetString(string key, CultureInfo? culture = null)
    {
        var text = Messages.GetValueOrDefault(key, Fallback);
        return Text.English ? text.En : text.Zh;
    }
}

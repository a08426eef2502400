using FluentValidation;
using Hotline.Catalogue;
using Hotline.Wire.Intake;
using Microsoft.Extensions.Options;

namespace Hotline.Intake.Requests;

/// <summary>What is asked for.</summary>
public static class RequestInputs
{
    extension(RegisterInput input)
    {
        /// <summary>The category asked for, by code or by what the keyword fits best.</summary>
        public Category? Category => input.CategoryCode is null
            ? input.Keyword is not null && ServiceCatalogue.Current.Search(input.Keyword).Fits is [var best, ..] ? best : null
            : ServiceCatalogue.Current.Category(input.CategoryCode);
    }

    extension(CategoryInput input)
    {
        internal Category? Category => ServiceCatalogue.Current.Category(input.CategoryCode);
    }
}

internal sealed class RegisterInputRules : AbstractValidator<RegisterInput>
{
    private static readonly Text Channel = new("channel.unknown", "渠道只能是 phone", "The channel must be phone");
    private static readonly Text Dialled = new("dialled-number.unknown", "拨打号码须为以下之一：{0}", "The dialled number must be one of: {0}");
    internal static readonly Text Area = new("area.unknown", "区域代码须为本市街道、乡镇的 9 位代码（见 /api/catalog/areas）",
        "The area must be a 9-digit code of a street or town of this city (see /api/catalog/areas)");
    private static readonly Text NoArea = new("area.missing", "请选择区域", "Give the area");
    private static readonly Text Urgency = new("urgency.unknown", "紧急程度只能是 normal 或 urgent", "The urgency must be normal or urgent");
    private static readonly Text NoCategory = new("category.missing", "请填写需要什么服务", "Say what is needed: give a keyword or a categoryCode");
    internal static readonly Text UnknownCategory = new("category.unknown", "没有这个服务类别（见 /api/catalog/categories，都不合适时填 other）",
        "There is no such category (see /api/catalog/categories; other where none fits)");
    private static readonly Text NoFit = new("keyword.no-fit", "没有匹配的服务类别，请换个说法，或登记为“其他”（other）；相近的有：{0}",
        "No category fits: say it otherwise, or register it as other; nearest are: {0}");
    private static readonly Text NothingNear = new("keyword.nothing-near", "没有匹配或相近的服务类别，请换个说法，或登记为“其他”（other）",
        "No category fits or is near: say it otherwise, or register it as other");

    private const int MostOfKeyword = 100;

    public RegisterInputRules(IOptions<IntakeOptions> options, IOptions<PhoneNumberOptions> phones)
    {
        RuleFor(r => r.Channel).Must(c => c is null or "phone").Says(Channel);
        RuleFor(r => r.DialledNumber).Must(n => options.Value.DialledNumbers.Contains(n))
            .Says(Dialled, string.Join(", ", options.Value.DialledNumbers));
        RuleFor(r => r.Caller).NotNull();
        When(r => r.Caller is not null, () =>
        {
            RuleFor(r => r.Caller!.Name).OptionalLine(50).OverridePropertyName("Caller.Name");
            RuleFor(r => r.Caller!.Phone).Must(p => PhoneNumber.Normalize(p, phones.Value.PhoneAreaCode) is not null)
                .Says(PhoneNumber.Invalid).OverridePropertyName("Caller.Phone");
        });
        RuleFor(r => r.AreaCode).Must(code => ServiceCatalogue.Current.Area(code) is not null)
            .WithMessage((_, code) => (string.IsNullOrEmpty(code) ? NoArea : Area).Say());
        RuleFor(r => r.Address).Line(200);
        RuleFor(r => r.Description).Words(2000);
        RuleFor(r => r.Urgency).Must(u => u is null or "normal" or "urgent").Says(Urgency);
        RuleFor(r => r.Keyword).OptionalWords(MostOfKeyword);
        RuleFor(r => r.CategoryCode).Must((r, _) => r.Category is not null).Says(UnknownCategory).When(r => r.CategoryCode is not null);
        RuleFor(r => r.CategoryCode).NotNull().Says(NoCategory).When(r => r.Keyword is null);
        RuleFor(r => r.Keyword).Must((r, _) => r.Category is not null)
            .WithMessage(r => ServiceCatalogue.Current.Search(r.Keyword!).Nearest is { Count: > 0 } nearest
                ? NoFit.Say(string.Join(", ", nearest.Select(c => Text.English ? c.NameEn : c.Name))) : NothingNear.Say())
            .When(r => r.CategoryCode is null && r.Keyword is { Length: <= MostOfKeyword });
    }
}

internal sealed class CorrectInputRules : AbstractValidator<CorrectInput>
{
    public CorrectInputRules(IOptions<PhoneNumberOptions> phones)
    {
        RuleFor(c => c.Reason).Words(500);
        RuleFor(c => c.AreaCode).Must(code => ServiceCatalogue.Current.Area(code) is not null).Says(RegisterInputRules.Area)
            .When(c => c.AreaCode is not null);
        RuleFor(c => c.Address).Line(200).When(c => c.Address is not null);
        When(c => c.Caller is not null, () =>
        {
            RuleFor(c => c.Caller!.Name).OptionalLine(50).OverridePropertyName("Caller.Name");
            RuleFor(c => c.Caller!.Phone).Must(p => PhoneNumber.Normalize(p, phones.Value.PhoneAreaCode) is not null)
                .Says(PhoneNumber.Invalid).When(c => c.Caller!.Phone is not null).OverridePropertyName("Caller.Phone");
        });
    }
}

internal sealed class CategoryInputRules : AbstractValidator<CategoryInput>
{
    public CategoryInputRules() => RuleFor(c => c.CategoryCode).Must((c, _) => c.Category is not null)
        .Says(RegisterInputRules.UnknownCategory);
}

internal sealed class CancelInputRules : AbstractValidator<CancelInput>
{
    private static readonly Text Cause = new("cause.unknown", "原因类型只能是 citizenWithdrew、noVendor 或 duplicate",
        "The cause must be citizenWithdrew, noVendor or duplicate");

    public CancelInputRules()
    {
        RuleFor(c => c.Reason).Words(500);
        RuleFor(c => c.Cause).Must(c => c is null || EnumWords.FromWire<CancelCause>(c) is not null).Says(Cause);
    }
}

using FluentValidation;
using Hotline.Catalogue;
using Hotline.Wire.Vendors;
using Microsoft.Extensions.Options;

namespace Hotline.VendorRegistry.Vendors;

/// <summary>What an application or a change gives.</summary>
public static class VendorInputs
{
    /// <summary>JSON names of what a vendor may be without: a merge patch may remove them.</summary>
    internal static readonly string[] Removable = ["contactName", "licenceNumber", "hours"];

    extension(VendorInput input)
    {
        /// <summary>A vendor without the fields that a merge patch removes.</summary>
        internal static Vendor Without(Vendor vendor, IReadOnlySet<string> removed) => vendor with
        {
            ContactName = removed.Contains("contactName") ? "" : vendor.ContactName,
            LicenceNumber = removed.Contains("licenceNumber") ? null : vendor.LicenceNumber,
            OpensAt = removed.Contains("hours") ? null : vendor.OpensAt,
            ClosesAt = removed.Contains("hours") ? null : vendor.ClosesAt,
        };

        /// <summary>A vendor with the fields given; those not given stay.</summary>
        /// <param name="vendor">As it is.</param>
        /// <param name="cityCode">Area code of the city, for a phone given without one.</param>
        public Vendor Onto(Vendor vendor, string cityCode) => vendor with
        {
            Name = input.Name?.Trim() ?? vendor.Name,
            Phone = input.Phone is null ? vendor.Phone : PhoneNumber.Normalize(input.Phone, cityCode)!,
            ContactName = input.ContactName?.Trim() ?? vendor.ContactName,
            LicenceNumber = input.LicenceNumber is null ? vendor.LicenceNumber : CreditCode.Normalize(input.LicenceNumber),
            Services = input.Services?
                .Select(s => new OfferedService(s.CategoryCode!, s.PriceFrom!.Value, s.PriceTo!.Value, s.Unit!.Trim()))
                .ToArray() ?? vendor.Services,
            Coverage = input.Coverage?.Distinct().ToArray() ?? vendor.Coverage,
            OpensAt = input.Hours is null ? vendor.OpensAt : input.Hours.OpensAt,
            ClosesAt = input.Hours is null ? vendor.ClosesAt : input.Hours.ClosesAt,
            ContractFrom = vendor.Admission is Admission.Approved ? input.ContractFrom ?? vendor.ContractFrom : vendor.ContractFrom,
            ContractUntil = vendor.Admission is Admission.Approved ? input.ContractUntil ?? vendor.ContractUntil : vendor.ContractUntil,
        };
    }
}

internal sealed class VendorInputRules : AbstractValidator<VendorInput>
{
    private static readonly Text Category = new("category.unknown", "没有这个服务类别（见 /api/catalog/categories）",
        "There is no such category (see /api/catalog/categories)");
    private static readonly Text Area = new("area.unknown", "覆盖区域须为本市街道、乡镇的 9 位代码，或 {0}（全市）",
        "Coverage must be 9-digit codes of this city's streets and towns, or {0} for the whole city");
    private static readonly Text Twice = new("service.twice", "同一服务类别只能填写一次", "Give each category once");
    private static readonly Text Contract = new("contract.invalid", "合同结束日期不能早于开始日期", "The contract cannot end before it begins");
    private static readonly Text Hours = new("hours.invalid", "营业时间须同时填写开始和结束", "Give both opening and closing time");
    private static readonly Text Missing = new("field.missing", "必填", "required");
    private static readonly Text Withheld = new("phone.vendor", "请填写企业能接听的电话号码", "Give a number at which the vendor can be reached");

    public VendorInputRules(IHttpContextAccessor http, IOptions<PhoneNumberOptions> phones)
    {
        // an application gives everything; a PATCH only what changes
        var whole = HttpMethods.IsPost(http.HttpContext!.Request.Method);
        When(_ => whole, () =>
        {
            RuleFor(v => v.Name).NotNull().Says(Missing);
            RuleFor(v => v.Phone).NotNull().Says(Missing);
            RuleFor(v => v.Services).NotEmpty().Says(Missing);
            RuleFor(v => v.Coverage).NotEmpty().Says(Missing);
        });
        RuleFor(v => v.Name).Line(100).When(v => v.Name is not null);
        RuleFor(v => v.ContactName).OptionalLine(50);
        RuleFor(v => v.Phone).Must(p => PhoneNumber.Normalize(p, phones.Value.PhoneAreaCode) is not null).Says(PhoneNumber.Invalid)
            .Must(p => PhoneNumber.Normalize(p, phones.Value.PhoneAreaCode) is not PhoneNumber.Withheld).Says(Withheld)
            .When(v => v.Phone is not null);
        RuleFor(v => v.LicenceNumber).Must(l => l is null || CreditCode.Normalize(l) is not null).Says(CreditCode.Invalid);
        RuleFor(v => v.Services).Must(s => s is null || s.Select(x => x?.CategoryCode).Distinct().Count() == s.Count).Says(Twice);
        RuleForEach(v => v.Services).NotNull().ChildRules(service =>
        {
            service.RuleFor(s => s.CategoryCode)
                .Must(c => ServiceCatalogue.Current.Category(c) is { } known && known != ServiceCatalogue.Other).Says(Category);
            service.RuleFor(s => s.PriceFrom).Money(0.01m, 1_000_000m);
            service.RuleFor(s => s.PriceTo).Money(0.01m, 1_000_000m);
            service.RuleFor(s => s.PriceTo).GreaterThanOrEqualTo(s => s.PriceFrom)
                .When(s => s.PriceFrom is not null && s.PriceTo is not null);
            service.RuleFor(s => s.Unit).Line(20);
        });
        RuleFor(v => v.Services).Must(s => s!.Count <= 200).When(v => v.Services is not null);
        RuleFor(v => v.Coverage).Must(c => c!.Count <= 100).When(v => v.Coverage is not null);
        RuleForEach(v => v.Coverage).Must(c => c == ServiceCatalogue.Current.City.Code || ServiceCatalogue.Current.Area(c) is not null)
            .Says(Area, ServiceCatalogue.Current.City.Code);
        RuleFor(v => v.Hours).Must(h => h!.OpensAt is null == h.ClosesAt is null).Says(Hours).When(v => v.Hours is not null);
        RuleFor(v => v.ContractUntil).GreaterThanOrEqualTo(v => v.ContractFrom).Says(Contract)
            .When(v => v.ContractFrom is not null && v.ContractUntil is not null);
    }
}

internal sealed class ApproveInputRules : AbstractValidator<ApproveInput>
{
    private static readonly Text Contract = new("contract.invalid", "合同结束日期不能早于开始日期或今天",
        "The contract cannot end before it begins, nor before today");

    public ApproveInputRules(TimeProvider clock)
    {
        RuleFor(a => a.Note).OptionalWords(500);
        RuleFor(a => a.ContractUntil).Must((a, until) => until >= (a.ContractFrom ?? until) && until >= clock.GetUtcNow().ToLocalDay())
            .Says(Contract).When(a => a.ContractUntil is not null);
    }
}

internal sealed class ContractInputRules : AbstractValidator<ContractInput>
{
    public ContractInputRules()
    {
        RuleFor(c => c.Until).NotNull();
        RuleFor(c => c.Reason).Words(500);
    }
}

internal sealed class RejectInputRules : AbstractValidator<RejectInput>
{
    public RejectInputRules() => RuleFor(r => r.Reason).Words(500);
}

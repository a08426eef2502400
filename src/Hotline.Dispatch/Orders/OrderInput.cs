using FluentValidation;
using Hotline.Wire.Dispatch;
using Microsoft.Extensions.Options;

namespace Hotline.Dispatch.Orders;

internal sealed class OfferInputRules : AbstractValidator<OfferInput>
{
    public OfferInputRules(IOptions<DispatchOptions> options)
    {
        RuleFor(o => o.AnswerWithinSeconds).InclusiveBetween(5, Math.Max(5, (int)options.Value.OfferLasts.TotalSeconds));
        RuleFor(o => o.RequestId).NotEmpty();
        RuleFor(o => o.VendorId).NotEmpty();
        RuleFor(o => o.Override!.Reason).Words(500).When(o => o.Override is not null);
    }
}

internal sealed class AcceptQuoteInputRules : AbstractValidator<AcceptQuoteInput>
{
    public AcceptQuoteInputRules() => RuleFor(a => a.Amount).Money(0.01m, 1_000_000m).When(a => a.Amount is not null);
}

internal sealed class ReasonInputRules : AbstractValidator<ReasonInput>
{
    public ReasonInputRules() => RuleFor(r => r.Reason).Words(500);
}

internal sealed class ContactInputRules : AbstractValidator<ContactInput>
{
    public ContactInputRules() => RuleFor(c => c.Note).OptionalWords(500);
}

internal sealed class QuoteInputRules : AbstractValidator<QuoteInput>
{
    public QuoteInputRules()
    {
        RuleFor(q => q.Amount).Money(0.01m, 1_000_000m);
        RuleFor(q => q.Note).OptionalWords(500);
    }
}

internal sealed class AppointmentInputRules : AbstractValidator<AppointmentInput>
{
    private static readonly Text Past = new("appointment.past", "预约时间不能早于现在", "The appointment must be in the future");
    private static readonly Text Far = new("appointment.far", "预约时间最远 60 天", "The appointment must be within 60 days");
    private static readonly Text Order = new("appointment.order", "结束时间必须晚于开始时间，且不超过 24 小时",
        "The end must be after the start, by 24 hours at most");

    public AppointmentInputRules(TimeProvider clock)
    {
        RuleFor(a => a.StartsAt).NotNull().Must(at => at is null || at > clock.GetUtcNow() - TimeSpan.FromMinutes(1)).Says(Past)
            .Must(at => at is null || at < clock.GetUtcNow() + TimeSpan.FromDays(60)).Says(Far);
        RuleFor(a => a.EndsAt).NotNull().Must((a, end) => a.StartsAt is null || end is null
            || end > a.StartsAt && end - a.StartsAt <= TimeSpan.FromHours(24)).Says(Order);
    }
}

internal sealed class CompleteInputRules : AbstractValidator<CompleteInput>
{
    public CompleteInputRules()
    {
        RuleFor(c => c.FinalAmount).Money(0m, 1_000_000m);
        RuleFor(c => c.Summary).Words(1000);
        RuleFor(c => c.WarrantyDays).InclusiveBetween(0, 3650);
    }
}

using FluentValidation;
using Hotline.ServiceDefaults;
using Hotline.Wire;
using Microsoft.Extensions.Options;

namespace Hotline.Dispatch.Orders;

/// <param name="AnswerWithinSeconds">For an urgent case the vendor may be given less time than usual:
/// from 5 seconds up to the configured time, which is the default.</param>
/// <param name="Override">Offers it although the vendor does not offer the service, does not cover the area or is closed now.</param>
public sealed record OfferInput(Guid? RequestId, Guid? VendorId, int? AnswerWithinSeconds, OverrideInput? Override);

/// <param name="Reason">Why, in words, at most 500 characters; noted in the timeline.</param>
public sealed record OverrideInput(string? Reason);

/// <param name="Amount">The price that the citizen was told, CNY; where it is another one by now,
/// nothing is agreed. May be missing.</param>
public sealed record AcceptQuoteInput(decimal? Amount);

/// <param name="Reason">In words, at most 500 characters.</param>
public sealed record ReasonInput(string? Reason);

/// <param name="Note">What was said; may be missing.</param>
public sealed record ContactInput(string? Note);

/// <param name="Amount">CNY, tax included, from 0.01 to 1,000,000.</param>
public sealed record QuoteInput(decimal? Amount, string? Note);

/// <param name="StartsAt">RFC 3339, in the future, at most 60 days ahead.</param>
/// <param name="EndsAt">After StartsAt, at most 24 hours later.</param>
public sealed record AppointmentInput(DateTimeOffset? StartsAt, DateTimeOffset? EndsAt);

/// <param name="FinalAmount">CNY charged, from 0 to 1,000,000.</param>
/// <param name="Summary">What was done, at most 1,000 characters.</param>
/// <param name="WarrantyDays">0 (none, the default) to 3,650.</param>
public sealed record CompleteInput(decimal? FinalAmount, string? Summary, int? WarrantyDays);

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
    private static readonly Text Order = new("appointment.order", "结束时间必须晚于开始时间,且不超过 24 小时",
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

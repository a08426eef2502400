using FluentValidation;
using Hotline.Wire.FollowUps;

namespace Hotline.FollowUps.FollowUps;

internal sealed class AttemptInputRules : AbstractValidator<AttemptInput>
{
    private static readonly Text Outcome = new("outcome.unknown", "结果只能是 noAnswer、busy、wrongNumber 或 refused",
        "The outcome must be noAnswer, busy, wrongNumber or refused");

    private static readonly Text Unwanted = new("again.refused", "市民拒绝回访，不再拨打", "Who does not want to be asked is not called again");

    public AttemptInputRules(TimeProvider clock)
    {
        RuleFor(a => a.Outcome).Must(o => EnumWords.FromWire<AttemptOutcome>(o) is not null).Says(Outcome);
        RuleFor(a => a.Again!).SetValidator(new AgainInputRules(clock)).When(a => a.Again is not null);
        RuleFor(a => a.Again).Must((a, _) => a.Outcome != "refused").Says(Unwanted).When(a => a.Again is not null);
    }
}

internal sealed class ReleaseInputRules : AbstractValidator<ReleaseInput>
{
    public ReleaseInputRules(TimeProvider clock) =>
        RuleFor(r => r.Again!).SetValidator(new AgainInputRules(clock)).When(r => r.Again is not null);
}

internal sealed class AgainInputRules : AbstractValidator<AgainInput>
{
    private static readonly Text Past = new("again.past", "再拨时间必须晚于现在", "The time to call again must be in the future");
    private static readonly Text Far = new("again.far", "再拨时间最远 7 天", "The time to call again must be within 7 days");

    public AgainInputRules(TimeProvider clock) =>
        RuleFor(a => a.At).NotNull().Must(at => at is null || at > clock.GetUtcNow()).Says(Past)
            .Must(at => at is null || at <= clock.GetUtcNow() + TimeSpan.FromDays(7)).Says(Far);
}

internal sealed class CompleteInputRules : AbstractValidator<CompleteInput>
{
    public CompleteInputRules()
    {
        RuleFor(c => c.Satisfaction).NotNull().InclusiveBetween(1, 5);
        RuleFor(c => c.Resolved).NotNull();
        RuleFor(c => c.Comment).OptionalWords(1000);
        RuleFor(c => c.Complaint!.Description).Words(2000).When(c => c.Complaint is not null);
    }
}

using FluentValidation;
using Hotline.Wire.Evaluation;

namespace Hotline.Evaluation.Sanctions;

internal sealed class SanctionInputRules : AbstractValidator<SanctionInput>
{
    private static readonly Text Kind = new("kind.unknown", "处置类型只能是 warning、suspension 或 termination",
        "The kind must be warning, suspension or termination");
    private static readonly Text Past = new("until.past", "截止时间必须晚于现在", "The end must be in the future");
    private static readonly Text Endless = new("until.termination", "解除加盟没有截止时间", "A termination has no end");

    public SanctionInputRules(TimeProvider clock)
    {
        RuleFor(s => s.VendorId).NotEmpty();
        RuleFor(s => s.Kind).Must(k => EnumWords.FromWire<SanctionKind>(k) is not null).Says(Kind);
        RuleFor(s => s.Reason).Words(500);
        RuleFor(s => s.Until).Must(u => u > clock.GetUtcNow()).Says(Past).When(s => s.Until is not null);
        RuleFor(s => s.Until).Null().Says(Endless).When(s => s.Kind == "termination");
    }
}

internal sealed class LiftInputRules : AbstractValidator<LiftInput>
{
    public LiftInputRules() => RuleFor(l => l.Reason).Words(500);
}

using Hotline.Contracts.Evaluation;
using Hotline.Messaging;
using MassTransit;

namespace Hotline.VendorRegistry.Vendors;

/// <summary>A vendor's standing follows from the sanctions in force.</summary>
public sealed class VendorStanding(VendorStore vendors, Work work, TimeProvider clock) : IConsumer<SanctionImposed>, IConsumer<SanctionLifted>
{
    public async Task Consume(ConsumeContext<SanctionImposed> context)
    {
        var m = context.Message;
        vendors.AddSanction(m.SanctionId, m.VendorId, m.Kind, m.Reason, m.Until, lifted: false);
        if (await vendors.IsLifted(m.SanctionId, context.CancellationToken)) return;
        await Apply(m.VendorId, m.SanctionId, [new(m.Kind, m.Reason, m.Until)], context.CancellationToken);
    }

    public async Task Consume(ConsumeContext<SanctionLifted> context)
    {
        var m = context.Message;
        vendors.AddSanction(m.SanctionId, m.VendorId, m.Kind, null, null, lifted: true);
        await Apply(m.VendorId, m.SanctionId, [], context.CancellationToken);
    }

    private async Task Apply(Guid id, Guid sanction, IReadOnlyList<ActiveSanction> itself, CancellationToken stop)
    {
        var vendor = await vendors.Find(id, stop) ?? throw new InvalidOperationException($"A sanction speaks of vendor {id}, which is not here");
        var others = await vendors.Sanctions(id, except: sanction, stop);
        if (vendor.Sanctioned([.. others, .. itself], clock.GetUtcNow()) is not { } decision)
        {
            // another sanction of this vendor, handled at the same time, must see this one
            work.WriteOne("update vendors set version = version + 1 where id = @id and version = @Version", new { id, vendor.Version });
            return;
        }
        vendors.Save(decision, vendor.Version);
    }
}

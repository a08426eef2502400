using Hotline.Contracts.Vendors;
using MassTransit;

namespace Hotline.Evaluation.Vendors;

/// <summary>Keeps who is evaluated.</summary>
public sealed class VendorCopies(VendorStore vendors)
    : IConsumer<VendorAdmitted>, IConsumer<VendorProfileChanged>, IConsumer<VendorStandingChanged>
{
    public Task Consume(ConsumeContext<VendorAdmitted> context) =>
        Put(context.Message.VendorId, context.Message.Name, context.Message.Standing, context.Message.Version);

    public Task Consume(ConsumeContext<VendorProfileChanged> context) =>
        Put(context.Message.VendorId, context.Message.Name, context.Message.Standing, context.Message.Version);

    public Task Consume(ConsumeContext<VendorStandingChanged> context) =>
        Put(context.Message.VendorId, context.Message.Name, context.Message.Standing, context.Message.Version);

    private Task Put(Guid id, string name, string standing, int version)
    {
        vendors.Put(id, name, standing, version);
        return Task.CompletedTask;
    }
}

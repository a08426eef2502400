using Hotline.Contracts.Intake;
using Hotline.Contracts.Vendors;
using MassTransit;

namespace Hotline.Dispatch.Copies;

/// <summary>Keeps what may be dispatched. Orders of a request that is cancelled or erased are ended by the clock,
/// which looks twice a second.</summary>
public sealed class RequestCopies(CopyStore copies)
    : IConsumer<RequestRegistered>, IConsumer<RequestCancelled>, IConsumer<RequestRecategorised>, IConsumer<RequestErased>
{
    public Task Consume(ConsumeContext<RequestRegistered> context)
    {
        var m = context.Message;
        copies.PutRequest(new()
        {
            RequestId = m.RequestId,
            Number = m.Number,
            Citizen = m.Citizen,
            AreaCode = m.AreaCode,
            CategoryCode = m.CategoryCode,
            Description = m.Description,
            Urgency = m.Urgency,
            RegisteredAt = m.At,
        });
        return Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<RequestCancelled> context)
    {
        copies.CancelRequest(context.Message.RequestId, context.Message.Cause);
        return Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<RequestRecategorised> context)
    {
        var m = context.Message;
        copies.RecategoriseRequest(m.RequestId, m.CategoryCode, m.Version);
        return Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<RequestErased> context)
    {
        copies.EraseRequest(context.Message.RequestId);
        return Task.CompletedTask;
    }
}

/// <summary>Keeps who may be dispatched. Offers that a standing forbids are withdrawn by the clock.</summary>
public sealed class VendorCopies(CopyStore copies)
    : IConsumer<VendorAdmitted>, IConsumer<VendorProfileChanged>, IConsumer<VendorStandingChanged>
{
    public Task Consume(ConsumeContext<VendorAdmitted> context)
    {
        var m = context.Message;
        return Put(new()
        {
            VendorId = m.VendorId,
            Name = m.Name,
            Standing = m.Standing,
            ContractFrom = m.ContractFrom,
            ContractUntil = m.ContractUntil,
            Services = m.Services,
            Coverage = m.Coverage,
            OpensAt = m.OpensAt,
            ClosesAt = m.ClosesAt,
            Version = m.Version,
        });
    }

    public Task Consume(ConsumeContext<VendorProfileChanged> context)
    {
        var m = context.Message;
        return Put(new()
        {
            VendorId = m.VendorId,
            Name = m.Name,
            Standing = m.Standing,
            ContractFrom = m.ContractFrom,
            ContractUntil = m.ContractUntil,
            Services = m.Services,
            Coverage = m.Coverage,
            OpensAt = m.OpensAt,
            ClosesAt = m.ClosesAt,
            Version = m.Version,
        });
    }

    public Task Consume(ConsumeContext<VendorStandingChanged> context)
    {
        var m = context.Message;
        return Put(new()
        {
            VendorId = m.VendorId,
            Name = m.Name,
            Standing = m.Standing,
            ContractFrom = m.ContractFrom,
            ContractUntil = m.ContractUntil,
            Services = m.Services,
            Coverage = m.Coverage,
            OpensAt = m.OpensAt,
            ClosesAt = m.ClosesAt,
            Version = m.Version,
        });
    }

    private Task Put(VendorCopy vendor)
    {
        copies.PutVendor(vendor);
        return Task.CompletedTask;
    }
}

using Hotline.Contracts.Intake;
using Hotline.Contracts.Vendors;

namespace Hotline.Dispatch.Copies;

/// <summary>Keeps what may be dispatched. Orders of a request that is cancelled or erased are ended by the clock,
/// which looks twice a second.</summary>
public sealed class RequestCopies(CopyStore copies) : IFollow<RequestCopies>
{
    public static void Follow(Follows<RequestCopies> events) => events
        .On<RequestRegistered>((requests, e) => requests.Keep(e))
        .On<RequestCancelled>((requests, e) => requests.Store.CancelRequest(e.RequestId, e.Cause))
        .On<RequestRecategorised>((requests, e) => requests.Store.RecategoriseRequest(e.RequestId, e.CategoryCode, e.Version))
        .On<RequestCorrected>((requests, e) => requests.Store.CorrectRequest(e.RequestId, e.Citizen, e.AreaCode, e.Version, e.At))
        .On<RequestErased>((requests, e) => requests.Store.EraseRequest(e.RequestId));

    private CopyStore Store { get; } = copies;

    private void Keep(RequestRegistered e) => Store.PutRequest(new()
    {
        RequestId = e.RequestId,
        Number = e.Number,
        Citizen = e.Citizen,
        AreaCode = e.AreaCode,
        CategoryCode = e.CategoryCode,
        Description = e.Description,
        Urgency = e.Urgency,
        DialledNumber = e.DialledNumber,
        RegisteredBy = e.By,
        RegisteredAt = e.At,
    });
}

/// <summary>Keeps who may be dispatched. Offers that a standing forbids are withdrawn by the clock.</summary>
public sealed class VendorCopies(CopyStore copies) : IFollow<VendorCopies>
{
    public static void Follow(Follows<VendorCopies> events) =>
        events.On<IVendorProfile>((vendors, v) => vendors.Keep(v));

    private void Keep(IVendorProfile v) => copies.PutVendor(new()
    {
        VendorId = v.VendorId,
        Name = v.Name,
        Phone = v.Phone,
        Standing = v.Standing,
        ContractFrom = v.ContractFrom,
        ContractUntil = v.ContractUntil,
        Services = v.Services,
        Coverage = v.Coverage,
        OpensAt = v.OpensAt,
        ClosesAt = v.ClosesAt,
        Version = v.Version,
    });
}

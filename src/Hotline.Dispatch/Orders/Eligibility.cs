using Hotline.Dispatch.Copies;

namespace Hotline.Dispatch.Orders;

/// <summary>What dispatch's copies of others' facts say against an order. Pure; that the facts still hold is required at commit.</summary>
public static class Eligibility
{
    /// <summary>Nothing more is to be done for a request that is cancelled or erased.</summary>
    public static Refusal? Over(RequestCopy request) =>
        request.Cancelled ? new(OrderTexts.RequestCancelled, CurrentStatus: "cancelled")
        : request.Erased ? new(OrderTexts.RequestErased, CurrentStatus: "erased") : null;

    /// <summary>Code of the category of a request whose service is still to be named (the catalogue's Other).</summary>
    public const string Unnamed = "other";

    /// <summary>Nobody can be asked for a service that has no name yet, whatever the operator says: a supervisor names it first.</summary>
    public static Refusal? Unclear(RequestCopy request) => request.CategoryCode == Unnamed ? new(OrderTexts.CategoryUnnamed) : null;

    /// <summary>Only between the first and the last day of its contract may a vendor take something new.</summary>
    public static Refusal? OutsideContract(VendorCopy vendor, DateTimeOffset now)
    {
        var today = now.ToLocalDay();
        if (vendor.ContractUntil < today) return new(OrderTexts.ContractOver, CurrentStatus: vendor.Standing);
        return vendor.ContractFrom > today ? new(OrderTexts.ContractNotBegun, CurrentStatus: vendor.Standing) : null;
    }

    /// <summary>Why nothing may be offered to a vendor, whatever the operator says.</summary>
    public static Refusal? Barred(VendorCopy vendor, DateTimeOffset now) => vendor.Standing switch
    {
        "suspended" => new(OrderTexts.VendorSuspended, CurrentStatus: vendor.Standing),
        "terminated" => new(OrderTexts.VendorTerminated, CurrentStatus: vendor.Standing),
        _ => OutsideContract(vendor, now),
    };

    /// <summary>Why a vendor is not one for this request now, unless the operator knows better. What the registry has not told yet is not
    /// held against a vendor.</summary>
    public static Refusal? Unfit(VendorCopy vendor, RequestCopy request, DateTimeOffset now)
    {
        if (vendor.Services?.Contains(request.CategoryCode) == false) return new(OrderTexts.DoesNotOffer, CurrentStatus: vendor.Standing);
        // the code of a city is the beginning of those of its streets and towns
        if (vendor.Coverage?.Any(code => request.AreaCode!.StartsWith(code, StringComparison.Ordinal)) == false)
            return new(OrderTexts.DoesNotCover, CurrentStatus: vendor.Standing);
        return OpeningHours.Include(vendor.OpensAt, vendor.ClosesAt, now.ToLocalTimeOfDay())
            ? null : new(OrderTexts.ClosedNow, CurrentStatus: vendor.Standing);
    }
}

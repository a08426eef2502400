using Hotline.Catalogue;
using Hotline.Wire.Vendors;

namespace Hotline.VendorRegistry.Vendors;

/// <summary>What is shown of vendors.</summary>
public static class VendorViews
{
    extension(ServiceView)
    {
        public static ServiceView Of(OfferedService s) => new(s.CategoryCode,
            ServiceCatalogue.Current.CategoryName(s.CategoryCode, Text.English), s.PriceFrom, s.PriceTo, s.Unit);
    }

    extension(VendorView)
    {
        public static VendorView Of(Vendor v) => new(
            v.Id, v.Name, v.Phone, v.ContactName, v.LicenceNumber, v.Admission, v.AdmissionNote, v.AdmissionBy, v.AdmissionAt,
            v.ContractFrom, v.ContractUntil, v.Standing, v.StandingReason, v.StandingUntil,
            v.OpensAt is { } opens && v.ClosesAt is { } closes ? new(opens, closes) : null,
            [.. v.Services.Select(ServiceView.Of)], v.Coverage, v.Demo, v.AppliedAt, v.Version);
    }
}

using Hotline.Contracts.Vendors;

namespace Hotline.Evaluation.Vendors;

/// <summary>Keeps who is evaluated.</summary>
public sealed class VendorCopies(VendorStore vendors) : IFollow<VendorCopies>
{
    public static void Follow(Follows<VendorCopies> events) =>
        events.On<IVendorProfile>((copies, v) => copies.Keep(v));

    private void Keep(IVendorProfile v) => vendors.Put(v.VendorId, v.Name, v.Standing, v.Version);
}

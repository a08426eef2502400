namespace Hotline.Console.Workbench;

/// <summary>The vendor to which a request is offered.</summary>
/// <param name="Override">Why it is offered although it does not fit; null = it fits.</param>
public sealed record VendorChoice(Guid VendorId, string Name, string? Override = null)
{
    public OfferInput Offer(Guid request) => new(request, VendorId, null, Override is null ? null : new(Override));
}

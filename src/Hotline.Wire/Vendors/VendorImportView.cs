namespace Hotline.Wire.Vendors;

/// <summary>What came of a file of vendors.</summary>
/// <param name="Created">How many.</param>
/// <param name="Items">As they applied, in the order of the file.</param>
public sealed record VendorImportView(Guid Id, int Created, IReadOnlyList<VendorView> Items) : Shown;

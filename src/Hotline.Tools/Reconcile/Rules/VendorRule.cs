namespace Hotline.Tools.Reconcile.Rules;

public sealed record VendorFacts(Guid Id, string? Admission, string? Standing, int Version, int? ScoreVersion);

/// <summary>Whoever keeps a copy of a vendor has it as the registry has the vendor, and the registry has the score of evaluation.</summary>
public sealed class VendorRule : IRule
{
    public static readonly Book<VendorFacts> Vendors = new("vendor-registry", "vendors");

    private static readonly string[] KeepVendors = ["dispatch", "evaluation", "identity"];

    public static readonly IReadOnlyList<Book<VendorFacts>> Copies =
        [.. KeepVendors.Select(service => new Book<VendorFacts>(service, "vendors", Vendors))];

    public int Place => 60;

    public IReadOnlyList<Book> Compares => [Vendors, .. Copies];

    public IEnumerable<Counted> Count(Books books) => [new("vendors", null, books.Of(Vendors).Count)];

    public void Check(Books books, Expectation expected, Findings findings)
    {
        var vendors = books.Of(Vendors);
        foreach (var book in Copies)
        {
            var copies = books.Of(book).ToDictionary(c => c.Id);
            foreach (var vendor in vendors.Where(v => v.Standing is not null))
            {
                if (!copies.TryGetValue(vendor.Id, out var copy))
                    findings.Add(Fault.Missing, "vendor", vendor.Id, $"not in {book.Service}");
                else if (copy.Standing != vendor.Standing)
                    findings.Add(Fault.Disagreeing, "vendor", vendor.Id,
                        $"standing: vendor-registry {vendor.Standing}, {book.Service} {copy.Standing}");
                else if (copy.ScoreVersion is { } version && version != vendor.ScoreVersion)
                    findings.Add(Fault.Disagreeing, "vendor", vendor.Id,
                        $"score: {book.Service} {version}, vendor-registry {vendor.ScoreVersion}");
            }
            foreach (var unknown in copies.Keys.Except(vendors.Select(v => v.Id)))
                findings.Add(Fault.Missing, "vendor", unknown, $"in {book.Service}, not in vendor-registry");
        }
    }
}

namespace Hotline.Reconciliation.Rules;

public sealed record VendorFacts(Guid Id, string? Admission, string? Standing, int Version, int? ScoreVersion);

/// <summary>Whoever keeps a copy of a vendor has it as the registry has the vendor, and the registry has the score of evaluation.</summary>
public sealed class VendorRule : IRule
{
    public static readonly Book<VendorFacts> Vendors = new("vendor-registry", "vendors");

    private static readonly string[] KeepVendors = ["dispatch", "evaluation", "identity"];

    public static readonly IReadOnlyList<Book<VendorFacts>> Copies =
        [.. KeepVendors.Select(service => new Book<VendorFacts>(service, "vendors", Vendors))];

    public int Place => 60;

    public BothLanguages Expected { get; } = new("各服务记着的企业与企业库一致，评分与评价一致",
        "Copies of a vendor are as the registry has it, and its score is that of evaluation");

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
                    findings.Add(Fault.Missing, "vendor", vendor.Id, $"{book.Service} 中没有", $"not in {book.Service}");
                else if (copy.Standing != vendor.Standing)
                    findings.Add(Fault.Disagreeing, "vendor", vendor.Id,
                        $"资格：企业库 {vendor.Standing}，{book.Service} {copy.Standing}",
                        $"standing: vendor-registry {vendor.Standing}, {book.Service} {copy.Standing}");
                else if (copy.ScoreVersion is { } version && version != vendor.ScoreVersion)
                    findings.Add(Fault.Disagreeing, "vendor", vendor.Id,
                        $"评分版本：{book.Service} {version}，企业库 {vendor.ScoreVersion}",
                        $"score: {book.Service} {version}, vendor-registry {vendor.ScoreVersion}");
            }
            foreach (var unknown in copies.Keys.Except(vendors.Select(v => v.Id)))
                findings.Add(Fault.Missing, "vendor", unknown, $"{book.Service} 中有，企业库中没有", $"in {book.Service}, not in vendor-registry");
        }
    }
}

using System.Security.Cryptography;
using System.Text;
using Hotline.Catalogue;
using Hotline.VendorRegistry.History;
using Hotline.VendorRegistry.Vendors;

namespace Hotline.VendorRegistry.Demo;

/// <summary>92 vendors for trying the platform: the same at each run, and marked as what they are (name and flag). None exists.</summary>
public static class DemoVendors
{
    private const int Count = 92;

    /// <summary>The island of Beiji: nobody covers it, so that an area without a vendor can be seen.</summary>
    private const string WithoutVendor = "330381222";

    private static readonly string[] Units = ["次", "小时", "台", "天"];

    /// <summary>Adds those that are not there yet; harmless to repeat.</summary>
    public static async Task Seed(IServiceProvider services)
    {
        var clock = services.GetRequiredService<TimeProvider>();
        var store = services.GetRequiredService<VendorStore>();
        var history = services.GetRequiredService<HistoryStore>();
        var work = services.GetRequiredService<Work>();
        var added = 0;
        foreach (var vendor in Enumerable.Range(0, Count).Select(i => Make(i, clock.GetUtcNow())))
        {
            if (await store.Find(vendor.Id, default) is not null) continue;
            var from = clock.GetUtcNow().ToLocalDay();
            var admitted = vendor.Approve(from, from.AddYears(3).AddDays(-1), "demo", "demo", clock.GetUtcNow());
            store.Add(admitted.State);
            history.Note(vendor.Id, HistoryEntry.Applied(), "demo", vendor.AppliedAt);
            history.Note(vendor.Id, HistoryEntry.Approved(admitted.State), "demo", clock.GetUtcNow());
            work.Tell(admitted.Events);
            await work.Commit();
            added++;
        }
        Console.WriteLine($"demo vendors: {added} added, {Count - added} there already");
    }

    private static Vendor Make(int index, DateTimeOffset now)
    {
        var catalogue = ServiceCatalogue.Current;
        var group = catalogue.Groups[index % catalogue.Groups.Count];
        var towns = catalogue.Areas.Where(a => a.Code != WithoutVendor).ToArray();
        var round = index / catalogue.Groups.Count;
        var home = towns[(index * 5 + round) % towns.Length];
        // of each group: the first two rounds cover all towns of the mainland, the others their own and four neighbours
        var coverage = round < 2 ? towns : [.. Enumerable.Range(0, 5).Select(n => towns[(index * 5 + round + n) % towns.Length])];
        return new()
        {
            Id = IdOf(index),
            Name = $"【演示】{home.Name}{group.Name}{index + 1:00}号店",
            Phone = $"05775550{index + 1:0000}",
            ContactName = $"演示联系人{index + 1:00}",
            Demo = true,
            AppliedAt = now,
            Version = 1,
            // every sixth keeps shop hours, the others come day and night
            OpensAt = round >= 2 && index % 6 == 0 ? new(7, 0) : null,
            ClosesAt = round >= 2 && index % 6 == 0 ? new(21, 0) : null,
            Services = [.. group.Leaves.Where((_, n) => round < 2 || (n + index) % 3 != 0).Select((leaf, n) => Priced(leaf, index, n))],
            Coverage = [.. coverage.Select(a => a.Code)],
        };
    }

    private static OfferedService Priced(Category leaf, int index, int n)
    {
        var from = 30 + 10 * ((index * 7 + n * 13) % 20);
        return new(leaf.Code, from, from + 40 + 20 * ((index + n) % 8), Units[(index + n) % 10 == 0 ? 1 + n % 3 : 0]);
    }

    // version 8: made from a name, so that the same vendor has the same id everywhere
    private static Guid IdOf(int index)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"hotline demo vendor {index}"))[..16];
        hash[6] = (byte)(hash[6] & 0x0F | 0x80);
        hash[8] = (byte)(hash[8] & 0x3F | 0x80);
        return new(hash, bigEndian: true);
    }
}

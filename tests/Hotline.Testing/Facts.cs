using Hotline.Contracts.Intake;
using Hotline.Contracts.Vendors;
using Hotline.Wire;

namespace Hotline.Testing;

/// <summary>Events of services that are not part of a test.</summary>
public static class Facts
{
    public const string Phone = "14500000001";

    public static RequestRegistered Request(Guid? id = null, string phone = Phone) => new(
        id ?? Guid.CreateVersion7(), $"RA-20261124-{Random.Shared.Next(1, 999999):000000}", 1, "phone", "12345",
        Keys.Personal.Seal(new("林女士", phone, "广场东边三楼")), "330381001",
        "drains.unclog-drain", "下水道堵了", "normal", "operator", DateTimeOffset.UtcNow);

    public static RequestCancelled Cancelled(Guid request, string cause = "citizenWithdrew") =>
        new(request, "RA-20261124-000001", 2, cause, "drains.unclog-drain", "不要了", "operator", DateTimeOffset.UtcNow);

    public static VendorAdmitted Vendor(Guid? id = null, string name = "测试疏通店") => new(
        id ?? Guid.CreateVersion7(), 2, name, "057700000000", "active", DateTimeOffset.UtcNow.ToLocalDay(),
        DateTimeOffset.UtcNow.AddYears(1).ToLocalDay(), DateTimeOffset.UtcNow);

    public static VendorStandingChanged Standing(VendorAdmitted vendor, string standing, int version = 3) => new(
        vendor.VendorId, version, vendor.Name, vendor.Phone, standing, vendor.ContractFrom, vendor.ContractUntil, "原因",
        null, DateTimeOffset.UtcNow);
}

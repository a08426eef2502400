using Hotline.Console.Shared;
using Microsoft.AspNetCore.Components;

namespace Hotline.Console.Vendors;

/// <summary>A list in a tab of a vendor's page. Its filters and its page stand in the address beside the tab.</summary>
/// <param name="tab">Its name in the address.</param>
/// <param name="filters">What the address may hold besides.</param>
public abstract class VendorTab<T>(string tab, params string[] filters) : ListPage<T>(["tab", .. filters])
{
    [Parameter, EditorRequired] public Guid VendorId { get; set; }

    protected override bool IsShown => AddressFilters.ValueIn(Navigation.Uri, "tab") == tab;
}

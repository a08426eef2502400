namespace Hotline.Identity;

/// <summary>What identity answers for when the services are reconciled.</summary>
public static class Books
{
    public static readonly Book[] All =
    [
        new("vendors", "select vendor_id as id, json_build_object('id', vendor_id, 'standing', standing, 'version', version) as "
            + "facts from vendor_access"),
    ];
}

namespace Hotline.VendorRegistry;

/// <summary>What the registry answers for when the services are reconciled.</summary>
public static class Books
{
    public static readonly Book[] All =
    [
        new("vendors", """
            select v.id, json_build_object('id', v.id, 'admission', v.admission, 'standing', v.standing, 'version', v.version,
                'scoreVersion', coalesce(s.version, 0)) as facts
            from vendors v left join vendor_scores s on s.vendor_id = v.id
            """),
        new("orders", "select order_id as id, json_build_object('id', order_id, 'open', open, 'offered', offered_at is not null) as "
            + "facts from vendor_orders"),
    ];
}

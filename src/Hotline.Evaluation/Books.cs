namespace Hotline.Evaluation;

/// <summary>What evaluation answers for when the services are reconciled.</summary>
public static class Books
{
    public static readonly Book[] All =
    [
        new("facts", """
            select order_id as id, json_build_object('id', order_id, 'kinds', json_agg(kind), 'unscored', count(u.kind)) as facts
            from facts left join uncounted u using (order_id, kind) group by order_id
            """),
        new("vendors", """
            select v.vendor_id as id, json_build_object('id', v.vendor_id, 'standing', v.standing, 'version', v.version,
                'scoreVersion', coalesce(s.version, 0)) as facts
            from vendors v left join scores s using (vendor_id)
            """),
    ];
}

namespace Hotline.FollowUps;

/// <summary>What follow-up answers for when the services are reconciled.</summary>
public static class Books
{
    public static readonly Book[] All =
    [
        new("contacts", "select request_id as id, json_build_object('id', request_id) as facts from contacts"),
        new("follow-ups", """
            select id, json_build_object('id', id, 'requestId', request_id, 'orderId', order_id, 'kind', kind, 'status', status,
                'attempts', attempts, 'complaint', complaint_id is not null,
                'earlier', (select coalesce(json_agg(o->>'orderId'), '[]') from jsonb_array_elements(history) as o)) as facts
            from follow_ups
            """),
    ];
}

namespace Hotline.Dispatch;

/// <summary>What dispatch answers for when the services are reconciled.</summary>
public static class Books
{
    public static readonly Book[] All =
    [
        new("requests", "select request_id as id, json_build_object('id', request_id, 'registered', registered, 'cancelled', cancelled) "
            + "as facts from requests"),
        new("vendors", "select vendor_id as id, json_build_object('id', vendor_id, 'standing', standing, 'version', version) "
            + "as facts from vendors"),
        new("orders", """
            select id, json_build_object('id', id, 'requestId', request_id, 'vendorId', vendor_id, 'status', status, 'version', version,
                'offerExpiresAt', offer_expires_at, 'acceptedAt', accepted_at, 'contactBy', contact_by, 'contactedAt', contacted_at,
                'contactOverdueAt', contact_overdue_at, 'arrivedAt', arrived_at, 'endedAt', ended_at,
                'visitEndsAt', visit_ends_at, 'ordinal', ordinal) as facts
            from orders
            """),
    ];
}

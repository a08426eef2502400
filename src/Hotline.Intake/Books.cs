using Hotline.Intake.Timeline;

namespace Hotline.Intake;

/// <summary>What intake answers for when the services are reconciled.</summary>
public static class Books
{
    public static readonly Book[] All =
    [
        new("requests", $"""
            select r.id, json_build_object('id', r.id, 'number', r.number, 'status', r.status, 'cancelled', r.cancelled_at is not null,
                'orderId', r.order_id, 'orderStatus', r.order_status, 'orderVersion', r.order_version,
                'calledBackOrderId', r.called_back_order_id,
                'timeline', (select coalesce(json_agg(json_build_object('kind', t.kind, 'orderId', t.order_id,
                        'followUpId', t.follow_up_id, 'count', t.n, 'tellsOrder', t.kind = any({Kinds(l => l.TellsOrder)}),
                        'repeats', t.kind = any({Kinds(l => l.Repeats)}))), '[]')
                    from (select kind, data->>'orderId' as order_id, data->>'followUpId' as follow_up_id, count(*) as n
                        from timeline where request_id = r.id group by 1, 2, 3) t)) as facts
            from requests r
            """),
    ];

    private static string Kinds(Func<StoryLine, bool> those) => $"'{{{string.Join(',', Story.Lines.Where(those).Select(l => l.Kind))}}}'";
}

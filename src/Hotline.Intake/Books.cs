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
        new("calls", """
            select c.id, json_build_object('id', c.id, 'state', c.state, 'rangAt', c.rang_at, 'answered', c.answered_at is not null,
                'told', exists (select from call_events e where e.pbx = c.pbx and e.linked_id = c.linked_id),
                'endTold', exists (select from call_events e where e.pbx = c.pbx and e.linked_id = c.linked_id
                    and e.type in ('ended', 'lost')),
                'openLegs', (select count(*) from call_legs l where l.call_id = c.id and l.ended_at is null),
                'answeredLegs', (select count(*) from call_legs l where l.call_id = c.id and l.answered_at is not null),
                'requestIds', (select coalesce(json_agg(q.request_id), '[]') from call_requests q where q.call_id = c.id)) as facts
            from calls c
            """),
    ];

    private static string Kinds(Func<StoryLine, bool> those) => $"'{{{string.Join(',', Story.Lines.Where(those).Select(l => l.Kind))}}}'";
}

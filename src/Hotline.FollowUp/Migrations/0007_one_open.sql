-- What a callback is about has a place among the outcomes of its request, and what came before it is kept with it.
alter table follow_ups add ordinal int, add outcome_at timestamptz, add history jsonb not null default '[]';

-- A request has at most one callback that is not over: of several the one about the last outcome stays and remembers the others.
with ranked as (
    select id, row_number() over (partition by request_id order by kind = 'service' desc, order_id is null desc, id desc) as place
    from follow_ups where final_status is null),
folded as (
    delete from follow_ups f using ranked r where f.id = r.id and r.place > 1
    returning f.request_id, f.id, json_build_object('kind', f.kind, 'orderId', f.order_id, 'vendorId', f.vendor_id, 'vendorName', f.vendor_name, 'at', f.created_at) as outcome)
update follow_ups f set history = o.outcomes, version = version + 1
from (select request_id, jsonb_agg(outcome order by id) as outcomes from folded group by request_id) as o
where f.request_id = o.request_id and f.id in (select id from ranked where place = 1);

create unique index follow_ups_one_open on follow_ups (request_id) where final_status is null;

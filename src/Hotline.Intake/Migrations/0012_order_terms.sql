-- Who has the latest order of a request, and by when the vendor is to answer the offer or to phone the citizen, as dispatch told; null = an earlier release heard of it, or nothing is due.
alter table requests add order_vendor_id uuid, add order_vendor_name text, add order_due_at timestamptz;
-- of requests with an open order the timeline knows it
update requests r set order_vendor_id = (t.data->>'vendorId')::uuid, order_vendor_name = t.data->>'vendorName',
    order_due_at = case when r.order_status = 'offered' then (t.data->>'offerExpiresAt')::timestamptz end
from timeline t
where r.final_status is null and t.request_id = r.id and t.kind = 'orderOffered' and t.data->>'orderId' = r.order_id::text;
update requests r set order_due_at = (t.data->>'contactBy')::timestamptz
from timeline t
where r.final_status is null and r.order_status = 'accepted' and t.request_id = r.id and t.kind = 'orderAccepted' and t.data->>'orderId' = r.order_id::text;

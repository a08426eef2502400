-- An order is changed some seven times, and where an indexed column changes all indexes get an entry. So no index names the status but the final one, which is set once; and a page keeps
-- room for the newer versions of its rows.
alter table orders add final_status text generated always as (case when status in ('completed', 'rejected', 'expired', 'declined', 'cancelled', 'withdrawn') then status end) stored;
drop index orders_one_per_request;
-- A request has at most one order that is open or done.
create unique index orders_one_per_request on orders (request_id) where final_status is null or final_status = 'completed';
drop index orders_open;
create index orders_open on orders (id desc) where final_status is null;
alter table orders set (fillfactor = 80);

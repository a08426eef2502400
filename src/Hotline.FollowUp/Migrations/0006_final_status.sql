-- Where an indexed column changes all indexes get an entry. So no index names the status but the final one, which is set once; and a page keeps room for the newer versions of its rows.
alter table follow_ups add final_status text generated always as (case when status in ('completed', 'unreachable') then status end) stored;
drop index follow_ups_queue;
create index follow_ups_open on follow_ups (id) where final_status is null;
create index follow_ups_final on follow_ups (final_status, id) where final_status is not null;
drop index follow_ups_vendor;
create index follow_ups_vendor on follow_ups (vendor_id, id desc) where final_status = 'completed';
alter table follow_ups set (fillfactor = 80);

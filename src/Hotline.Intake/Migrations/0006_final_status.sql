-- A request is changed some ten times, and where an indexed column changes all indexes get an entry, that of the caller's phone in the midst of years of others. So no index names the
-- status but the final one, which is set once; and a page keeps room for the newer versions of its rows.
alter table requests add final_status text generated always as (case when status in ('closed', 'cancelled', 'unfulfilled') then status end) stored;
drop index requests_status;
create index requests_open on requests (id desc) where final_status is null;
create index requests_final on requests (final_status, id desc) where final_status is not null;
alter table requests set (fillfactor = 80);

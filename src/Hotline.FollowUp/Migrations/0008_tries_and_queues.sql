-- When it was tried, by whom and what came of it; those before are only counted.
alter table follow_ups add tries jsonb not null default '[]';

-- The queue by the time at which one is due, and what ended by its end. Neither time changes when one is claimed or answered.
create index follow_ups_due on follow_ups (due_at, id) where final_status is null;
create index follow_ups_ended on follow_ups (ended_at, id) where final_status is not null;

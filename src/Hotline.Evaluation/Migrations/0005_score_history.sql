-- A vendor's score at the end of each day of the city on which it changed; of the days before, the last is known.
create table score_history (
    vendor_id uuid not null,
    day date not null,
    score float8 not null,
    primary key (vendor_id, day)
);
insert into score_history (vendor_id, day, score) select vendor_id, (at at time zone 'Asia/Shanghai')::date, score from scores;

-- The order about which a citizen complained, where that is the ground.
alter table sanctions add complaint_order_id uuid;

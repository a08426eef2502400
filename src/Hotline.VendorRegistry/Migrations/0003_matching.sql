-- What ranking needs of evaluation's score.
create table vendor_scores (
    vendor_id uuid primary key,
    score float8 not null,
    satisfaction float8 not null,
    deadline_reliability float8 not null,
    completed_orders int not null,
    version int not null
);

-- What ranking needs of dispatch's orders: how many are open, and when the last was offered.
create table vendor_orders (
    order_id uuid primary key,
    vendor_id uuid not null,
    open boolean not null,
    offered_at timestamptz,
    version int not null
);
create index vendor_orders_open on vendor_orders (vendor_id) where open;
create index vendor_orders_offered on vendor_orders (vendor_id, offered_at desc);

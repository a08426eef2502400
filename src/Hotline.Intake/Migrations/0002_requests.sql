-- The last number given out each day; one row is locked while a request is registered, so that the numbers have no gaps.
create table request_numbers (
    day date primary key,
    last int not null
);

create table requests (
    id uuid primary key,
    number text not null unique,
    status text not null,
    channel text not null,
    dialled_number text not null,
    caller_name text not null,
    caller_phone text not null,
    area_code text not null,
    address text not null,
    category_code text not null,
    description text not null,
    urgency text not null,
    registered_by text not null,
    registered_at timestamptz not null,
    cancel_cause text,
    cancel_reason text,
    cancelled_at timestamptz,
    order_id uuid,              -- the latest order of this request, as dispatch told
    order_status text,
    order_version int not null default 0,
    called_back_order_id uuid,  -- the order for whose service the citizen was called back
    version int not null
);
create index requests_caller on requests (caller_phone, id desc);
create index requests_status on requests (status, id desc);

-- Whom to call, as intake told.
create table contacts (
    request_id uuid primary key,
    name text not null,
    phone text not null,
    description text not null
);

create table follow_ups (
    id uuid primary key,
    request_id uuid not null,
    order_id uuid,
    vendor_id uuid,
    request_number text not null,
    vendor_name text,
    category_code text not null,
    kind text not null,             -- service, declined, unfulfilled
    status text not null,           -- open, claimed, completed, unreachable
    due_at timestamptz not null,
    claimed_by text,
    claimed_by_name text,
    claim_expires_at timestamptz,
    attempts int not null,
    last_outcome text,
    satisfaction int,
    resolved boolean,
    punctual boolean,
    price_as_quoted boolean,
    comment text,
    complaint_id uuid,
    complaint text,
    ended_by text,
    ended_at timestamptz,
    created_at timestamptz not null,
    version int not null
);
-- One callback for what ended; an order ends once, and so does a request that no vendor took.
create unique index follow_ups_order on follow_ups (order_id) where order_id is not null;
create unique index follow_ups_request on follow_ups (request_id) where order_id is null;
create index follow_ups_queue on follow_ups (status, id);
create index follow_ups_vendor on follow_ups (vendor_id, id desc) where status = 'completed';

create table orders (
    id uuid primary key,
    request_id uuid not null,
    vendor_id uuid not null,
    request_number text not null,
    vendor_name text not null,
    category_code text not null,
    status text not null,
    offered_by text not null,
    offered_at timestamptz not null,
    offer_expires_at timestamptz not null,
    accepted_at timestamptz,
    contact_by timestamptz,
    contacted_at timestamptz,
    contact_overdue_at timestamptz,
    quote_amount numeric(12, 2),
    quote_note text,
    quoted_at timestamptz,
    agreed_at timestamptz,
    visit_starts_at timestamptz,
    visit_ends_at timestamptz,
    arrived_at timestamptz,
    completed_at timestamptz,
    final_amount numeric(12, 2),
    summary text,
    warranty_days int,
    ended_at timestamptz,
    end_reason text,
    version int not null
);
-- A request has at most one order that is open or done.
create unique index orders_one_per_request on orders (request_id) where status not in ('rejected', 'expired', 'declined', 'cancelled', 'withdrawn');
create index orders_request on orders (request_id, id desc);
create index orders_vendor on orders (vendor_id, id desc);
create index orders_open on orders (status, id desc) where status not in ('completed', 'rejected', 'expired', 'declined', 'cancelled', 'withdrawn');

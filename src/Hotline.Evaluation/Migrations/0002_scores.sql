-- Vendors as the registry told.
create table vendors (
    vendor_id uuid primary key,
    name text not null,
    standing text not null,
    version int not null
);

-- What happened, one row each. Inserted and summed, never updated but for the mark that a score counts it: many facts of one vendor at once do not contend.
create table facts (
    id bigint generated always as identity primary key,
    vendor_id uuid not null,
    order_id uuid not null,
    kind text not null,
    value int not null,
    at timestamptz not null,
    scored boolean not null default false,
    unique (order_id, kind)
);
create index facts_vendor on facts (vendor_id) include (kind, value);
create index facts_unscored on facts (vendor_id) where not scored;

create table scores (
    vendor_id uuid primary key,
    score float8 not null,
    at timestamptz not null,
    version int not null
);
create index scores_order on scores (score desc, vendor_id);

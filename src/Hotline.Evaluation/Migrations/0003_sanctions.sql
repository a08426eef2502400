create table sanctions (
    id uuid primary key,
    vendor_id uuid not null,
    kind text not null,
    reason text not null,
    until timestamptz,
    imposed_by text not null,
    imposed_at timestamptz not null,
    lifted_by text,
    lift_reason text,
    lifted_at timestamptz,
    version int not null
);
create index sanctions_vendor on sanctions (vendor_id, id desc);
create index sanctions_ending on sanctions (until) where lifted_at is null and until is not null;
-- A vendor is removed once.
create unique index sanctions_one_termination on sanctions (vendor_id) where kind = 'termination' and lifted_at is null;

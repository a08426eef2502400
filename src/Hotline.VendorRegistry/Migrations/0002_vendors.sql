create table vendors (
    id uuid primary key,
    name text not null,
    phone text not null,
    contact_name text not null,
    licence_number text,
    admission text not null,            -- applied, approved, rejected
    admission_note text,
    admission_by text,
    admission_at timestamptz,
    contract_from date,
    contract_until date,
    standing text,                      -- once approved: active, warned, suspended, terminated
    standing_reason text,
    standing_until timestamptz,
    opens_at time,
    closes_at time,
    demo boolean not null,
    applied_at timestamptz not null,
    version int not null
);
create unique index vendors_licence on vendors (licence_number) where licence_number is not null and admission <> 'rejected';

create table vendor_services (
    vendor_id uuid not null references vendors,
    category_code text not null,
    price_from numeric(12, 2) not null,
    price_to numeric(12, 2) not null,
    unit text not null,
    primary key (category_code, vendor_id)
);
create index vendor_services_vendor on vendor_services (vendor_id);

-- A street or town, or the city's 6-digit code for all of them.
create table vendor_coverage (
    vendor_id uuid not null references vendors,
    area_code text not null,
    primary key (vendor_id, area_code)
);

-- Sanctions as evaluation told of them, in whatever order: the end may come before the beginning.
create table vendor_sanctions (
    sanction_id uuid primary key,
    vendor_id uuid not null,
    kind text not null,
    reason text,
    until timestamptz,
    lifted boolean not null
);
create index vendor_sanctions_vendor on vendor_sanctions (vendor_id) where not lifted;

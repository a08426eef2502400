-- What dispatch must know of others' facts, as their events told. Events come in any order: a request may be cancelled here before it is registered.
create table requests (
    request_id uuid primary key,
    registered boolean not null,
    cancelled boolean not null,
    number text,
    caller_name text,
    caller_phone text,
    area_code text,
    address text,
    category_code text,
    description text,
    urgency text
);

create table vendors (
    vendor_id uuid primary key,
    name text not null,
    standing text not null,
    contract_until date not null,
    version int not null
);

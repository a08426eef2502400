create table vendor_access (
    vendor_id uuid primary key,
    name text not null,
    standing text not null,
    version int not null
);

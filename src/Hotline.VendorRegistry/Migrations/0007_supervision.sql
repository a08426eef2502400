-- A vendor's name in letters, by which it is found too: pinyin and initials. Those known before are spelt when the service starts.
alter table vendors add spelling text;
create index vendors_unspelt on vendors (id) where spelling is null;

-- The file that it came with.
alter table vendors add import_id uuid;
create index vendors_import on vendors (import_id, id) where import_id is not null;

-- What happened to a vendor, as it is told to people.
create table vendor_history (
    id uuid primary key,
    vendor_id uuid not null references vendors,
    at timestamptz not null,
    kind text not null,             -- applied, approved, rejected, renewed, changed, sanctionImposed, sanctionLifted
    actor text not null,
    words text,                     -- a reason or a note
    data jsonb not null default '{}'
);
create index vendor_history_vendor on vendor_history (vendor_id, id desc);

-- Of what came before, the application and the decision are known. An id begins with its time (UUIDv7), so that they come in order.
insert into vendor_history (id, vendor_id, at, kind, actor, words)
select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5(kind || vendor_id), 1, 3) || '8'
    || substr(md5(kind || vendor_id), 4, 15))::uuid, vendor_id, at, kind, actor, words
from (select id as vendor_id, applied_at as at, 'applied' as kind, 'system' as actor, null as words from vendors
    union all
    select id, admission_at, admission, coalesce(admission_by, 'system'), admission_note from vendors where admission_at is not null) as known;

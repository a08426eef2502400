-- Requests whose citizens are forgotten: what lies in the service's error queues about them loses their words.
create table erased (
    request_id uuid primary key,
    at timestamptz not null default now(),
    swept boolean not null default false
);
create index erased_unswept on erased (request_id) where not swept;

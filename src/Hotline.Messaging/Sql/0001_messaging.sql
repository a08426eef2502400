-- Events on their way to the broker: written in the same batch as the rows they tell of, deleted once the broker confirmed them.
create table outbox (
    seq bigint generated always as identity primary key,
    message_id uuid not null,
    type text not null,
    body json not null,
    traceparent text,
    at timestamptz not null default now(),
    retry_at timestamptz not null default '-infinity' -- an event that cannot be published waits here without blocking the others
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000); -- churns: dead rows slow the scan

-- What each queue has seen: the effect of a message and this row are one commit.
create table inbox (
    consumer text not null,
    message_id uuid not null,
    at timestamptz not null default now(),
    constraint inbox_pkey primary key (consumer, message_id)
);
create index inbox_at on inbox (at);

-- Answers given to requests with an Idempotency-Key.
create table idempotency (
    caller text not null,
    key text not null,
    hash text not null,
    status int not null,
    location text,
    body text,
    at timestamptz not null default now(),
    constraint idempotency_pkey primary key (caller, key)
);
create index idempotency_at on idempotency (at);

-- Fails the whole batch when a write did not hit its one row: somebody was faster.
create function exactly_one(n bigint) returns void language plpgsql as $$
begin
    if n <> 1 then raise exception 'expected one row, hit %', n using errcode = 'HL001'; end if;
end $$;

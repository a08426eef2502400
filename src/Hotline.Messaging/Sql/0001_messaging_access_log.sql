-- Who was shown a citizen's data in full.
create table access_log (
    id uuid primary key,
    at timestamptz not null,
    actor_id text not null,
    actor text not null,
    role text not null,
    request_id uuid not null,
    action text not null
);
create index access_log_request on access_log (request_id, id desc);
create index access_log_actor on access_log (actor, id desc);
create index access_log_at on access_log (at);

-- Answers kept for an Idempotency-Key are sealed from now on; those of the last day are dropped.
truncate idempotency;

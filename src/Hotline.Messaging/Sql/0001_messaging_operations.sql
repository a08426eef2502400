-- Who sent messages of an error queue back, when, and how many. Written before anything is moved: moved is null until that is over.
create table redrives (
    id uuid primary key,
    at timestamptz not null,
    actor_id text not null,
    actor text not null,
    queue text not null,
    message_id uuid,
    moved int
);

-- How the service was in each minute of the last day.
create table trend (
    at timestamptz primary key,
    outbox bigint not null,
    outbox_seconds float8 not null,
    waiting bigint,
    errors bigint,
    requests bigint not null,
    failed bigint not null,
    median_ms float8,
    slow_ms float8
);

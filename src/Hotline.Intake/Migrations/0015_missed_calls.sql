-- Callers who hung up before a person answered, and whom we owe a call (未接来电): one of a caller and day of the city.
create table missed_calls (
    id uuid primary key,
    day date not null,
    phone_hash bytea not null,
    call_id uuid not null references calls on delete cascade,
    first_at timestamptz not null,
    last_at timestamptz not null,
    times integer not null,
    status text not null,
    claimed_by_id text,
    claimed_by text,
    claimed_at timestamptz,
    outcome text,
    done_by text,
    done_at timestamptz,
    version integer not null,
    constraint missed_calls_once unique (day, phone_hash)
);
create index missed_calls_status on missed_calls (status, first_at, id);
create index missed_calls_call on missed_calls (call_id);
create index calls_abandoned on calls (phone_hash, rang_at) where outcome = 'abandoned';

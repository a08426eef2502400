-- Calls (来电, 去电), told by telephone systems. What they said is kept as it came: a call is what its events say, in the order of their times,
-- however late and mixed they came. Numbers are sealed; a citizen's is found by its hash.
create table call_events (
    pbx text not null,
    event_id text not null,
    linked_id text not null,
    call_id text,
    type text not null,
    at timestamptz not null,
    received_at timestamptz not null,
    direction text,
    numbers text,
    queue text,
    seat text,
    position integer,
    cause text,
    recording text,
    primary key (pbx, event_id)
);
create index call_events_call on call_events (pbx, linked_id);
create index call_events_leg on call_events (pbx, call_id) where call_id is not null;
create index call_events_received on call_events (received_at);

create table calls (
    id uuid primary key,
    pbx text not null,
    linked_id text not null,
    direction text not null,
    numbers text,
    phone_hash bytea,
    dialled_number text,
    state text not null,
    outcome text,
    queue text,
    rang_at timestamptz not null,
    queued_at timestamptz,
    answered_at timestamptz,
    ended_at timestamptz,
    seat text,
    operator_id text,
    operator text,
    wait_seconds integer,
    talk_seconds integer,
    recording text,
    kind text,
    note text,
    disposed_by text,
    disposed_at timestamptz,
    version integer not null,
    constraint calls_linked unique (pbx, linked_id)
);
create index calls_active on calls (rang_at) where state <> 'ended';
create index calls_phone on calls (phone_hash, rang_at) where phone_hash is not null;
create index calls_rang on calls (rang_at);
create index calls_operator on calls (operator_id, id desc) where operator_id is not null;

-- A seat's part of a call (振铃, 通话).
create table call_legs (
    call_id uuid not null references calls on delete cascade,
    n integer not null,
    seat text not null,
    operator_id text,
    operator text,
    offered_at timestamptz,
    answered_at timestamptz,
    ended_at timestamptz,
    held boolean not null,
    counted boolean not null,
    no_answer boolean not null,
    primary key (call_id, n)
);
create index call_legs_open on call_legs (seat) where ended_at is null;

create table call_requests (
    call_id uuid not null references calls on delete cascade,
    request_id uuid not null,
    by text not null,
    at timestamptz not null,
    primary key (call_id, request_id)
);
create index call_requests_request on call_requests (request_id);

-- What the platform asks of telephone systems, and which of them listen. Numbers are sealed.
create table pbx_connections (
    pbx text primary key,
    can text[] not null,
    seen_at timestamptz not null
);
create table pbx_commands (
    pbx text not null,
    id uuid not null,
    kind text not null,
    at timestamptz not null,
    linked_id text,
    seat text,
    target text,
    numbers text,
    reason text,
    asked_by text not null,
    done_at timestamptz,
    ok boolean,
    cause text,
    primary key (pbx, id)
);
create index pbx_commands_open on pbx_commands (at) where done_at is null;

-- Numbers that harass: the telephone system rejects them, we decide and note.
create table blocked_numbers (
    id uuid primary key,
    number text not null,
    phone_hash bytea not null,
    reason text not null,
    until timestamptz,
    blocked_by text not null,
    blocked_at timestamptz not null,
    lifted_by text,
    lifted_at timestamptz
);
create unique index blocked_numbers_phone on blocked_numbers (phone_hash) where lifted_at is null;

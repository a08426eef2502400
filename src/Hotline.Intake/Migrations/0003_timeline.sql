-- What happened to a request, told by all services. The text is made when it is read, in the reader's language.
create table timeline (
    request_id uuid not null,
    at timestamptz not null,
    seq bigint generated always as identity,
    kind text not null,
    actor text not null,
    data jsonb not null,
    primary key (request_id, at, seq)
);

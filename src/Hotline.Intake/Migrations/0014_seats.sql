-- Seats (座席): who sits at which extension, and what the seat did when.
create table seats (
    person text primary key,
    name text not null,
    extension text,
    chosen text not null,
    reason text,
    since timestamptz not null,
    signed_in_at timestamptz,
    call_id uuid,
    talks boolean not null,
    wrap_up_until timestamptz,
    reachable boolean not null,
    version integer not null
);
create unique index seats_extension on seats (extension) where extension is not null;
create index seats_wrap_up on seats (wrap_up_until) where wrap_up_until is not null;

create table seat_spells (
    id bigint generated always as identity primary key,
    person text not null,
    name text not null,
    extension text not null,
    state text not null,
    reason text,
    by text,
    from_at timestamptz not null,
    to_at timestamptz
);
create index seat_spells_person on seat_spells (person, from_at);
create index seat_spells_open on seat_spells (person) where to_at is null;
create index seat_spells_extension on seat_spells (extension, from_at);
create index seat_spells_from on seat_spells (from_at);

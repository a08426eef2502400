-- Who wants to know what happens to a request: whoever registered it, and who chose to. The name is compared with who did what is told of.
create table followers (
    request_id uuid not null,
    person text not null,
    name text not null,
    primary key (request_id, person)
);
-- What a person is told, without words of anybody: they are in the timeline's entry of that kind and time, and forgotten there.
create table notifications (
    id uuid primary key,
    person text not null,
    request_id uuid not null,
    order_id uuid,
    kind text not null,
    at timestamptz not null,
    read_at timestamptz
);
create index notifications_person on notifications (person, id desc);
create index notifications_unread on notifications (person, id desc) where read_at is null;
create index notifications_open on notifications (request_id) where read_at is null;

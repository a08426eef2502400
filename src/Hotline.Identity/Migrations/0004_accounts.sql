-- People: one account each, with a seat's number, that ends and keeps its name.
alter table "AspNetUsers"
    add column if not exists staff_number text,
    add column if not exists active boolean not null default true,
    add column if not exists deleted boolean not null default false,
    add column if not exists must_change_password boolean not null default false,
    add column if not exists last_totp_step bigint,
    add column if not exists last_sign_in_at timestamptz,
    add column if not exists created_at timestamptz, -- of accounts that were there before, nobody knows
    add column if not exists version int not null default 1;
create unique index staff_numbers on "AspNetUsers" (staff_number) where staff_number is not null and not deleted;
create index users_of_vendor on "AspNetUsers" (vendor_id) where vendor_id is not null;

-- A person who signed in somewhere. Ended ones are kept for a while, to be looked at.
create table sessions (
    id uuid primary key,
    user_id uuid not null,
    device text not null,
    address text not null,
    since timestamptz not null,
    last_seen_at timestamptz not null,
    ended_at timestamptz
);
create index sessions_of_user on sessions (user_id, since desc);
create index sessions_ended on sessions (ended_at) where ended_at is not null;

-- What ended before its tokens run out: a subject with the least generation that is still good, a session, a removed vendor. Read by every process (RevocationReader).
create table revocations (
    key text primary key,
    generation int not null,
    at timestamptz not null
);
create index revocations_recent on revocations (at);
insert into revocations (key, generation, at) select 'vendor:' || vendor_id, 1, now() from vendor_access where standing = 'terminated';

create table audit_log (
    id uuid primary key,
    at timestamptz not null,
    actor_id text not null,
    actor text not null,
    action text not null,
    target_id text,
    target text,
    details text
);
create index audit_log_target on audit_log (target_id, id desc);
create index audit_log_actor on audit_log (actor_id, id desc);

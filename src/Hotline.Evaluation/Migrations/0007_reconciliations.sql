-- Who compared the services' books from the page, when, and what came of it. Written before anything is read; whoever is at it says each
-- second that he is, so that one whose process died is known by its silence.
create table reconciliations (
    id uuid primary key,
    at timestamptz not null,
    actor_id text not null,
    actor text not null,
    state text not null default 'running',
    reason text,
    detail text,
    alive_at timestamptz not null default now(),
    ended_at timestamptz,
    looks int not null default 0,
    entries_read int not null default 0,
    figures json,
    findings json
);
-- one at a time, of all processes
create unique index reconciliations_running on reconciliations (state) where state = 'running';

create table effects (id bigint generated always as identity primary key, request_id uuid not null, description text not null);
create table counters (id int primary key, value int not null, version int not null);
insert into counters values (1, 0, 0);
create table standings (vendor_id uuid primary key, standing text not null, version int not null);
create table strict (request_id uuid primary key, check (false));

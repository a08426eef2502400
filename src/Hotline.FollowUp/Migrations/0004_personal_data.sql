-- Whom to call, sealed in one value as intake told; null = erased.
alter table contacts add column citizen text, add column erased boolean not null default false;
update contacts set citizen = json_build_object('name', name, 'phone', phone, 'address', '')::text;
alter table contacts drop column name, drop column phone;

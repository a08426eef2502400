-- Who the citizen is, sealed in one value, and a keyed hash by which the phone is found. What was registered before is kept as it was, readable, until its time is over.
alter table requests add column citizen text, add column phone_hash bytea;
update requests set citizen = json_build_object('name', caller_name, 'phone', caller_phone, 'address', address)::text;
alter table requests drop column caller_name, drop column caller_phone, drop column address;
create index requests_phone on requests (phone_hash, id desc) where phone_hash is not null;
create index requests_kept on requests (registered_at) where citizen is not null;

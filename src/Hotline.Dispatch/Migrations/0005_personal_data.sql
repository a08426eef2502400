-- Who the citizen is, sealed in one value as intake told; null = erased.
alter table requests add column citizen text, add column erased boolean not null default false;
update requests set citizen = json_build_object('name', caller_name, 'phone', caller_phone, 'address', address)::text where registered;
alter table requests drop column caller_name, drop column caller_phone, drop column address;

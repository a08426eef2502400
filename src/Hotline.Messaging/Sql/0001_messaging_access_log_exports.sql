-- A list that was exported with citizens in full is one entry: it is of no single request.
alter table access_log alter column request_id drop not null;
alter table access_log add column details text;

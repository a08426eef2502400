-- Ids of events are UUIDv7: with the id first, rows that come together lie together, the oldest are at the beginning, and no second index is needed to find them.
alter table inbox drop constraint inbox_pkey, drop column at, add constraint inbox_pkey primary key (message_id, consumer);

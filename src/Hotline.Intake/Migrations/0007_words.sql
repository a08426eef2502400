-- Keyed hashes of what a request is looked for by; null = registered by an older release, filled in by this one while it runs.
alter table requests add column words int[];
-- which words are common and which are rare is what the planner must know to choose between the newest first and the index
alter table requests alter column words set statistics 1000;
create index requests_words on requests using gin (words);
create index requests_words_missing on requests (id) where words is null;
-- Each filter of the list has its index, in the list's order.
create index requests_category on requests (category_code, id desc);
create index requests_area on requests (area_code, id desc);

-- Keyed hashes of what a request is looked for by. Beside the request, not in it: a request changes some eight times, and each change of a row
-- writes its every hash into the index anew.
create table request_words (request_id uuid primary key, words int[] not null);
-- which words are common and which are rare is what the planner must know to choose between the newest first and the index
alter table request_words alter column words set statistics 1000;
create index request_words_words on request_words using gin (words);
-- false = registered by an older release, filled in by this one while it runs
alter table requests add column has_words boolean not null default false;
create index requests_without_words on requests (id) where not has_words;
-- Each filter of the list has its index, in the list's order.
create index requests_category on requests (category_code, id desc);
create index requests_area on requests (area_code, id desc);

-- A request is found by what its category is called as well. Which release's words it has; 0 = none, or an older one's: filled in by this one while it runs.
alter table requests add words_release int not null default 0;
create index requests_words_due on requests (id) where words_release < 1;

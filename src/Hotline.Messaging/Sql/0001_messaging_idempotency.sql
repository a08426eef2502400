-- A kept answer is a reference from now on: its status and where to look what became of it. What those of the last day held is dropped.
truncate idempotency;
alter table idempotency rename body to secret; -- sealed; only of answers that show a secret once, and only for ten minutes ('' afterwards)
alter table idempotency add path text;

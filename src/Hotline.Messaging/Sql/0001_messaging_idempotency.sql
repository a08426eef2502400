-- A kept answer is a reference from now on: its status and where to look what became of it. What made something before must not make it
-- again when it is repeated now: it stays, for whatever its request said (hash ''). The others are dropped: repeated, they are refused by
-- what they changed; and a secret is shown once.
delete from idempotency where location is null or location ~ '/(credentials|users)';
update idempotency set hash = '', body = null;
alter table idempotency rename body to secret; -- sealed; only of answers that show a secret once, and only for ten minutes ('' afterwards)
alter table idempotency add path text;
update idempotency set path = location;

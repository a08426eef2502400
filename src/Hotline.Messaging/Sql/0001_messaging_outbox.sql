-- An event's age counts from when it was written: its transaction may have waited for a number before.
alter table outbox alter at set default clock_timestamp();

-- Figures of a day, and lists narrowed to a time.
create index requests_registered on requests (registered_at);

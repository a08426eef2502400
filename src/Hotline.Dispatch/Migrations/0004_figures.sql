-- When the citizen called, for the time from call to completion. Requests that were known before have none and are left out of that figure.
alter table requests add registered_at timestamptz;
create index orders_offered on orders (offered_at);

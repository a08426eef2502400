-- Callbacks of one request in the order of their ids: without it the list was read from the oldest callback on.
create index follow_ups_of_request on follow_ups (request_id, id);

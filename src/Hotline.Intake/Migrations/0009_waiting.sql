-- Unfinished requests as they are to be served: urgent first, then oldest. Neither of the two changes.
create index requests_waiting on requests ((urgency <> 'urgent'), id) where final_status is null;
create index requests_urgent on requests (id desc) where urgency = 'urgent';

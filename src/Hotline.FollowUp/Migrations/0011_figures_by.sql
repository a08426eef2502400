-- By what figures are told apart; null = an earlier release told of the request.
alter table contacts add area_code text, add dialled_number text, add registered_by text;

-- By what figures are told apart; null = an earlier release told of the request.
alter table requests add dialled_number text, add registered_by text;

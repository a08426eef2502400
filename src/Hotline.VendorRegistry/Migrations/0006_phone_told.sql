-- Dispatch keeps the phone from now on: all are told again when the service starts.
update vendors set told = false where admission = 'approved';

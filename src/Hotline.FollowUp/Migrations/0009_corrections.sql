-- Of the request when who is to be called was last corrected: neither the registration nor an older correction that comes later undoes a newer one.
alter table contacts add citizen_version int not null default 0;

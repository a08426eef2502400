-- Of the request when who or where was last corrected: neither its registration nor an older correction that comes later undoes a newer one.
alter table requests add citizen_version int not null default 0, add corrected_at timestamptz;

-- What a vendor's facts add up to is kept beside its score: scoring reads what is new, not the whole history.
alter table scores add tally jsonb not null default '{}';
update scores set tally = t.tally from (
    select vendor_id, jsonb_build_object(
        'callbacks', count(*) filter (where kind = 'satisfaction'),
        'satisfactionSum', coalesce(sum(value) filter (where kind = 'satisfaction'), 0),
        'deadlinesKept', count(*) filter (where kind in ('answerDeadline', 'contactDeadline', 'visitDeadline', 'punctual') and value = 1),
        'deadlinesMissed', count(*) filter (where kind in ('answerDeadline', 'contactDeadline', 'visitDeadline', 'punctual') and value = 0),
        'accepted', count(*) filter (where kind = 'accepted'),
        'rejected', count(*) filter (where kind = 'rejected'),
        'expired', count(*) filter (where kind = 'expired'),
        'completed', count(*) filter (where kind = 'completed'),
        'declined', count(*) filter (where kind = 'declined'),
        'unfulfilled', count(*) filter (where kind = 'unfulfilled'),
        'complaints', count(*) filter (where kind = 'complaint'),
        'unresolved', count(*) filter (where kind = 'resolved' and value = 0),
        'priceNotAsQuoted', count(*) filter (where kind = 'priceAsQuoted' and value = 0)) as tally
    from facts where scored group by vendor_id) as t
where t.vendor_id = scores.vendor_id;

-- Facts that no score counts yet.
create table uncounted (
    order_id uuid not null,
    kind text not null,
    vendor_id uuid not null,
    value int not null,
    primary key (order_id, kind)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000); -- churns: dead rows slow the scan
insert into uncounted select order_id, kind, vendor_id, value from facts where not scored;

drop index facts_vendor;
alter table facts drop column scored, drop column id, drop constraint facts_order_id_kind_key, add primary key (order_id, kind);

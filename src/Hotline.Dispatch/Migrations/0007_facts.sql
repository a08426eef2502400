-- When a vendor's contract begins, what it offers, where and when it is open: an offer that it cannot serve is refused. Null services =
-- an earlier release told of the vendor; then none of these is known and nothing is refused for it until the registry tells again.
alter table vendors add contract_from date, add services text[], add coverage text[], add opens_at time, add closes_at time;
-- Why a request was cancelled, which its order repeats; and how many orders it had, which gives each its place among them.
alter table requests add cancel_cause text, add orders int not null default 0;
-- Of the request when its category was last named or corrected: an older correction that comes later does not undo a newer one.
alter table requests add category_version int not null default 0;
alter table orders add ordinal int, add override_reason text, add visit_moves int not null default 0, add visit_missed boolean not null default false;

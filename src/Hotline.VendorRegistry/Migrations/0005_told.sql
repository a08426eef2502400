-- Whether the others were told what the vendor offers, where and when it is open. Those admitted before are told again when the service starts.
alter table vendors add told boolean not null default false;
create index vendors_untold on vendors (id) where not told and admission = 'approved';

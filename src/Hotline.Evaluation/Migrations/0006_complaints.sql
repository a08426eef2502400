-- Complaints of some days, of all vendors.
create index facts_complaints on facts (at) include (vendor_id) where kind = 'complaint';

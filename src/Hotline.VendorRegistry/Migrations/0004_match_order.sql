-- The score beside each service, so that an index gives the best of a category without looking at all of it. It decides who is looked at, not how they are ranked.
alter table vendor_services add score float8;
update vendor_services s set score = r.score from vendor_scores r where r.vendor_id = s.vendor_id;
create index vendor_services_best on vendor_services (category_code, score desc nulls first);

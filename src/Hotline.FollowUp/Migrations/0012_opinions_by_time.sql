-- What citizens said of a vendor, in the order in which they said it.
create index follow_ups_said on follow_ups (vendor_id, ended_at desc, id desc) where final_status = 'completed';
create index follow_ups_complained on follow_ups (vendor_id, ended_at desc, id desc) where complaint_id is not null;
drop index follow_ups_vendor;
drop index follow_ups_complaints;

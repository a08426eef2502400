-- Complaints about a vendor, newest first: read before it is sanctioned.
create index follow_ups_complaints on follow_ups (vendor_id, id desc) where complaint_id is not null;

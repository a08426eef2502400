-- Where a vendor can be reached, for whoever waits for it; null = not told yet since this is kept.
alter table vendors add phone text;

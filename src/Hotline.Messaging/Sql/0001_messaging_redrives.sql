-- Moving many messages ends after some seconds, so that it is answered: how many were not come to. Null = all were, or its end is not known.
alter table redrives add column remaining int;

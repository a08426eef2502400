-- The place of the latest order among those of the request, as dispatch counts them: which of two orders is the later does not rest on clocks.
alter table requests add order_ordinal int;

-- The relay asks for the first events of a lane. By position alone they are found too, behind all of the other lane; and that
-- is what PostgreSQL chose as long as it remembered an empty outbox: each look for what people wait for read a whole line of
-- bulk events. One key instead of two leaves it no choice, and an event costs an index entry less.
alter table outbox_events drop constraint outbox_events_pkey;
drop index outbox_events_lane;
alter table outbox_events add primary key (lane, position);

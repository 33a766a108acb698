-- What people wait for is found at once, however many bulk events wait before it.
create index outbox_events_lane on outbox_events (lane, position);

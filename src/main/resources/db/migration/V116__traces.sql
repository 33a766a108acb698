-- What a trace looks up by the event's id.

-- Which event a live position shows. No index: the time of the transaction leads to it.
alter table live_event add column event_id uuid;

-- Failures of one event, whoever failed.
create index failures_of_message on failures (message_id);

-- Each second somebody looks for messages whose time is over. Few queues have such, and a long queue of the others was
-- read for it.
create index broker_messages_expiring on broker_messages (expires_at) where expires_at is not null;

-- A channel that is given up keeps its history; its session may serve another one.
alter table channel
    add column archived_at timestamptz,
    drop constraint channel_waha_session;
create unique index channel_waha_session on channel (tenant_id, url, session_name) where archived_at is null;

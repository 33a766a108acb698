-- Where it is said: one row for each WhatsApp number that a tenant connects.
create table channel (
    tenant_id               uuid        not null references tenant,
    id                      uuid        not null,
    project_id              uuid        not null,
    name                    text        not null check (length(name) between 1 and 100),
    type                    text        not null check (type in ('waha')),
    url                     text        not null check (url ~ '^https?://' and length(url) <= 500),
    session_name            text        not null check (length(session_name) between 1 and 100),
    -- sealed by the vault for this channel
    api_key                 bytea,
    hmac_secret             bytea       not null,
    -- An address, not a secret (every delivery is signed), so it is kept as it is and shown to administrators.
    webhook_key             text        not null check (length(webhook_key) >= 43),
    status                  text        not null default 'NEW'
                            check (status in ('NEW', 'STARTING', 'PAIRING', 'CONNECTED', 'FAILED', 'STOPPED')),
    -- the provider's time of the newest report; null until the first, so that any report counts then
    status_at               timestamptz,
    status_detail           text,
    phone                   text,
    lid                     text,
    session_timeout_minutes integer     check (session_timeout_minutes between 1 and 43200),
    created_at              timestamptz not null,
    version                 bigint      not null default 0,
    primary key (tenant_id, id),
    foreign key (tenant_id, project_id) references project (tenant_id, id),
    constraint channel_webhook_key unique (webhook_key),
    -- Two channels on one WAHA session would receive every message twice.
    constraint channel_waha_session unique (tenant_id, url, session_name)
);
select protect_tenant_table('channel');
select open_to_system('channel', 'select');

-- Deliveries that were accepted while the broker was away; a sweeper moves them into it.
create table waha_spool (
    tenant_id  uuid        not null,
    id         uuid        not null,
    headers    jsonb       not null,
    body       bytea       not null,
    spooled_at timestamptz not null,
    primary key (tenant_id, id)
);
select protect_tenant_table('waha_spool');
-- update: what a sweeper moves is locked meanwhile
select open_to_system('waha_spool', 'select, insert, update, delete');

-- How many deliveries the door accepted and how many were applied: when nothing is under way, both are equal.
create table delivery_count (
    tenant_id  uuid   not null,
    channel_id uuid   not null,
    day        date   not null,
    accepted   bigint not null default 0,
    applied    bigint not null default 0,
    primary key (tenant_id, channel_id, day)
);
select protect_tenant_table('delivery_count');
select open_to_system('delivery_count', 'select, insert, update');

-- Events of WAHA that we do not know: how often, since when, and the latest to look at.
create table unknown_delivery (
    tenant_id  uuid        not null,
    event      text        not null check (length(event) <= 100),
    seen       bigint      not null,
    first_seen timestamptz not null,
    last_seen  timestamptz not null,
    channel_id uuid        not null,
    sample     bytea       not null,
    primary key (tenant_id, event)
);
select protect_tenant_table('unknown_delivery');

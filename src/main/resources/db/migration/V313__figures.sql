-- What was said and how sessions went, for reports; kept by events and rebuilt as generations (decision 15).

-- Messages that were counted: an event that comes again, or in a rebuild and live, counts once.
create table report_message (
    tenant_id  uuid    not null,
    generation integer not null default 0,
    message_id uuid    not null,
    primary key (tenant_id, generation, message_id)
);
select protect_tenant_table('report_message');

-- By quarters of an hour, of which every time zone has whole ones: days and hours are those of the project when it is read.
create table report_volume (
    tenant_id  uuid        not null,
    generation integer     not null default 0,
    project_id uuid        not null,
    quarter    timestamptz not null,
    channel_id uuid        not null,
    inbound    bigint      not null check (inbound >= 0),
    outbound   bigint      not null check (outbound >= 0),
    primary key (tenant_id, generation, project_id, quarter, channel_id)
);
select protect_tenant_table('report_volume');

-- With whom something was said in a month, of the project's time zone when it was said.
create table report_contact (
    tenant_id  uuid    not null,
    generation integer not null default 0,
    project_id uuid    not null,
    month      date    not null,
    channel_id uuid    not null,
    contact_id uuid    not null,
    primary key (tenant_id, generation, project_id, month, channel_id, contact_id)
);
select protect_tenant_table('report_contact');

create table report_session (
    tenant_id             uuid        not null,
    generation            integer     not null default 0,
    session_id            uuid        not null,
    project_id            uuid        not null,
    channel_id            uuid        not null,
    -- Of the newest event heard, and of the newest that told the beginning: an older one that comes later changes nothing.
    stand                 bigint      not null,
    started_stand         bigint      not null,
    started_at            timestamptz,
    -- A part of another session after all.
    gone                  boolean     not null,
    ended_at              timestamptz,
    resolved              boolean     not null,
    agent_id              uuid,
    first_response_millis bigint,
    primary key (tenant_id, generation, session_id)
);
create index report_session_by_start on report_session (tenant_id, generation, project_id, started_at) where not gone;
select protect_tenant_table('report_session');

-- What agents did, for reports: messages they wrote, first answers they gave, sessions they were given.

-- The member who gave the first answer; null for a phone, and for what was answered before this was kept.
alter table session
    add column first_response_by uuid,
    add check (first_response_by is null or first_response_at is not null);

alter table report_session
    -- Of the newest event that told the first answer.
    add column answered_stand  bigint not null default 0,
    add column answered_by     uuid,
    add column answered_at     timestamptz,
    add column answered_millis bigint;
create index report_session_by_answer on report_session (tenant_id, generation, project_id, answered_at) where not gone and answered_by is not null;
create index report_session_by_end on report_session (tenant_id, generation, project_id, ended_at) where not gone and resolved;

-- By quarters of an hour, as report_volume: messages that members wrote.
create table report_writer (
    tenant_id  uuid        not null,
    generation integer     not null default 0,
    project_id uuid        not null,
    quarter    timestamptz not null,
    channel_id uuid        not null,
    user_id    uuid        not null,
    messages   bigint      not null check (messages >= 0),
    primary key (tenant_id, generation, project_id, quarter, channel_id, user_id)
);
select protect_tenant_table('report_writer');

-- Each time that an agent was given a session, under the id of the event that told it.
create table report_assignment (
    tenant_id  uuid        not null,
    generation integer     not null default 0,
    event_id   uuid        not null,
    project_id uuid        not null,
    at         timestamptz not null,
    channel_id uuid        not null,
    session_id uuid        not null,
    agent_id   uuid        not null,
    primary key (tenant_id, generation, event_id)
);
create index report_assignment_by_time on report_assignment (tenant_id, generation, project_id, at);
select protect_tenant_table('report_assignment');

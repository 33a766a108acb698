-- What live screens show, in the order of commit within a tenant: a screen resumes from the position it saw last.
create table live_position (
    tenant_id uuid   not null,
    position  bigint not null,
    primary key (tenant_id)
);
select protect_tenant_table('live_position');

create table live_event (
    tenant_id      uuid        not null,
    position       bigint      not null,
    type           text        not null,
    occurred_at    timestamptz not null,
    aggregate_type text        not null,
    aggregate_id   uuid        not null,
    data           jsonb       not null,
    kept_at        timestamptz not null default now(),
    primary key (tenant_id, position)
);
select protect_tenant_table('live_event');
select open_to_system('live_event', 'select, delete');
create index live_event_kept_at on live_event using brin (kept_at);

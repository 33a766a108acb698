-- Events waiting to be published, written in the transaction of the change they tell of.
create table outbox_events (
    tenant_id         uuid        not null,
    id                uuid        not null,
    position          bigint      generated always as identity,
    type              text        not null,
    version           integer     not null,
    aggregate_type    text        not null,
    aggregate_id      uuid        not null,
    aggregate_version bigint      not null,
    project_id        uuid,
    occurred_at       timestamptz not null,
    correlation_id    uuid        not null,
    causation_id      uuid,
    actor_kind        text        not null,
    actor_id          text        not null,
    data              jsonb       not null,
    primary key (tenant_id, id)
);
select protect_tenant_table('outbox_events');
select open_to_system('outbox_events', 'select, update, delete');

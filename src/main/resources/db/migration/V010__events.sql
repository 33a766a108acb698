-- The event engine: outbox, event log, inbox, failures, relay leases, and the queues of an install without RabbitMQ.
-- docs/events.md shows how they work together.

-- Order of events. It is taken after the aggregate's row was locked by its own update, so it rises for each aggregate
-- in the order of its commits; across aggregates it is only roughly the order of commits.
create sequence event_position;
grant usage on sequence event_position to crm_app;

-- Events not yet published, written in the transaction of the change they tell of. A published event is deleted:
-- the log keeps it, and a table that holds pending rows only stays in memory however long the history is.
create table outbox_events (
    position        bigint      not null primary key,
    tenant_id       uuid        not null,
    id              uuid        not null,
    partition       smallint    not null,
    lane            text        not null check (lane in ('INTERACTIVE', 'BULK')),
    type            text        not null,
    aggregate_type  text        not null,
    aggregate_id    uuid        not null,
    -- The envelope as it will be published, without its sequence (= position).
    body            bytea       not null,
    created_at      timestamptz not null default now(),
    state           text        not null default 'pending' check (state in ('pending', 'failed')),
    attempts        smallint    not null default 0,
    next_attempt_at timestamptz,
    last_error      text
) with (fillfactor = 90, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_scale_factor = 0,
        autovacuum_vacuum_insert_scale_factor = 0.2, autovacuum_vacuum_cost_delay = 0);
-- Refused events only: tells cheaply which aggregates must wait.
create index outbox_events_refused on outbox_events (aggregate_id) where attempts > 0;
select protect_tenant_table('outbox_events');
select open_to_system('outbox_events', 'select, update, delete');

-- Every event for ever: audit, replay, "why?", live screens that resume.
create table domain_event_logs (
    tenant_id         uuid        not null,
    id                uuid        not null,
    position          bigint      not null,
    type              text        not null,
    version           integer     not null,
    aggregate_type    text        not null,
    aggregate_id      uuid        not null,
    aggregate_version bigint      not null,
    project_id        uuid,
    occurred_at       timestamptz not null,
    recorded_at       timestamptz not null default now(),
    correlation_id    uuid        not null,
    causation_id      uuid,
    actor_kind        text        not null,
    actor_id          text        not null,
    traceparent       text,
    data              jsonb       not null,
    -- by the time of recording: an import tells of old times but is written now
    primary key (tenant_id, id, recorded_at)
) partition by range (recorded_at);
create table domain_event_logs_default partition of domain_event_logs default;
create index domain_event_logs_position on domain_event_logs (tenant_id, position);
create index domain_event_logs_aggregate on domain_event_logs (tenant_id, aggregate_id, position);
create index domain_event_logs_correlation on domain_event_logs (tenant_id, correlation_id);
select protect_tenant_table('domain_event_logs');
select open_to_system('domain_event_logs', 'select');
-- A partition is reached through its parent only, but is a table of its own to whoever names it.
select protect_tenant_table('domain_event_logs_default');

-- Makes the partition of the month that holds the given day. It runs as the owner, who alone may create tables.
create function ensure_event_log_month(day date) returns boolean
    language plpgsql security definer set search_path = public, pg_temp as
$$
declare
    first date := date_trunc('month', day)::date;
    name  text := 'domain_event_logs_' || to_char(first, 'YYYY_MM');
begin
    if to_regclass(name) is not null then
        return false;
    end if;
    execute format('create table %I partition of domain_event_logs for values from (%L) to (%L)',
                   name, first::timestamp at time zone 'UTC', (first + interval '1 month') at time zone 'UTC');
    perform protect_tenant_table(name::regclass);
    return true;
end
$$;
revoke execute on function ensure_event_log_month(date) from public;
grant execute on function ensure_event_log_month(date) to crm_system;
select ensure_event_log_month((current_date + make_interval(months => n))::date) from generate_series(0, 2) n;

-- What each consumer has done already; inserted in the transaction of the effect.
create table processed_events (
    tenant_id     uuid        not null,
    consumer_name text        not null,
    event_id      uuid        not null,
    processed_at  timestamptz not null default now(),
    primary key (tenant_id, consumer_name, event_id)
);
create index processed_events_age on processed_events using brin (processed_at);
select protect_tenant_table('processed_events');
select open_to_system('processed_events', 'select, delete');

-- Deliveries and events that were given up, with all that is needed to understand and repeat them.
-- Some have no tenant: a delivery that nobody can read belongs to nobody yet.
create table failures (
    id           uuid        not null primary key,
    tenant_id    uuid,
    source       text        not null,
    message_id   uuid        not null,
    type         text,
    code         text        not null,
    reason       text        not null,
    stack_head   text,
    headers      jsonb       not null,
    body         bytea       not null,
    attempts     integer     not null,
    first_at     timestamptz not null,
    last_at      timestamptz not null,
    state        text        not null default 'open' check (state in ('open', 'retried', 'discarded')),
    unique (source, message_id)
);
create index failures_latest on failures (last_at desc, id desc);
grant select, insert, update, delete on failures to crm_system;

-- The running programs; one that stops counting is dead, and what it held goes to the others.
create table event_nodes (
    node     bigint      generated always as identity primary key,
    relays   boolean     not null,
    beat     bigint      not null default 0,
    seen_at  timestamptz not null default now()
) with (fillfactor = 50);
grant select, insert, update, delete on event_nodes to crm_system;

-- One row for each partition of the outbox; its owner alone publishes from it.
create table relay_leases (
    partition smallint not null primary key,
    owner     bigint
) with (fillfactor = 50);
insert into relay_leases (partition) select generate_series(0, 15);
grant select, update on relay_leases to crm_system;

-- Queues in PostgreSQL.
create table broker_queues (
    id          integer generated always as identity primary key,
    name        text   not null unique,
    bindings    text[] not null,
    ttl_seconds bigint
);
grant select, insert, update, delete on broker_queues to crm_system;

-- A message is inserted, claimed, deleted. Nothing that a claim or a retry changes is in an index, so with the space
-- left on each page its update stays on the page (HOT) and costs the index nothing.
create table broker_messages (
    queue           integer     not null,
    lane            smallint    not null,
    position        bigint      generated always as identity,
    message_id      uuid        not null,
    published_at    timestamptz not null default now(),
    visible_at      timestamptz not null default now(),
    expires_at      timestamptz,
    owner           bigint,
    failures        smallint    not null default 0,
    crashes         smallint    not null default 0,
    first_failed_at timestamptz,
    headers         text        not null,
    body            bytea       not null,
    primary key (queue, lane, position)
) with (fillfactor = 60, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_scale_factor = 0,
        autovacuum_vacuum_insert_scale_factor = 0.2, autovacuum_vacuum_cost_delay = 0);
-- A body is small JSON that is read once: trying to compress it costs more than it saves.
alter table broker_messages alter column body set storage external;
grant select, insert, update, delete on broker_messages to crm_system;

create table broker_dead_letters (
    position   bigint      generated always as identity primary key,
    queue      integer     not null,
    lane       smallint    not null,
    message_id uuid        not null,
    headers    text        not null,
    body       bytea       not null,
    died_at    timestamptz not null default now()
);
create index broker_dead_letters_queue on broker_dead_letters (queue, lane);
grant select, insert, delete on broker_dead_letters to crm_system;

-- Replays of the event log, and read models that are rebuilt beside the live one. docs/guides/replay.md tells how.

-- What each consumer hears and what a replay means for it, for programs that do not run it: the command line does not.
create table event_consumers (
    name       text   not null primary key,
    patterns   text[] not null,
    on_replay  text   not null check (on_replay in ('REFUSE', 'REPEAT', 'REBUILD')),
    reason     text,
    -- The table of a read model, whose rows carry their generation.
    read_model text   check (read_model ~ '^[a-z_]+$'),
    check ((on_replay = 'REFUSE') = (reason is not null)),
    check ((on_replay = 'REBUILD') = (read_model is not null))
);
grant select, insert, update on event_consumers to crm_system;

create table event_replay (
    tenant_id      uuid        not null references tenant,
    id             uuid        not null,
    consumer       text        not null,
    types          text[]      not null check (cardinality(types) > 0),
    aggregate_id   uuid,
    recorded_from  timestamptz,
    recorded_to    timestamptz,
    rate           integer     check (rate between 1 and 10000),
    -- The generation that a rebuild writes; none when the events are repeated.
    generation     integer     check (generation > 0),
    state          text        not null check (state in ('RUNNING', 'PAUSED', 'DONE', 'CANCELLED')),
    -- The program that works on it; its death gives it to another.
    runner         bigint,
    -- Events of the log up to here; what comes later is delivered anyway.
    until_position bigint,
    position       bigint      not null default 0,
    total          bigint      not null default 0,
    published      bigint      not null default 0,
    applied        bigint      not null default 0,
    -- False while rows of a generation that nobody reads are still there.
    swept          boolean     not null,
    actor_kind     text        not null,
    actor_id       text        not null,
    correlation_id uuid        not null,
    created_at     timestamptz not null,
    finished_at    timestamptz,
    version        bigint      not null,
    primary key (tenant_id, id),
    check ((finished_at is null) = (state in ('RUNNING', 'PAUSED'))),
    check (recorded_from is null or recorded_to is null or recorded_from < recorded_to)
) with (fillfactor = 50);
create unique index event_replay_one_at_a_time on event_replay (tenant_id, consumer) where state in ('RUNNING', 'PAUSED');
create index event_replay_work on event_replay (id) where state = 'RUNNING' or not swept;
select protect_tenant_table('event_replay');
select open_to_system('event_replay', 'select, update');

-- Which generation of a read model's rows is read, and which is being built. No row: generation 0, nothing is built.
create table read_model (
    tenant_id uuid    not null references tenant,
    name      text    not null,
    live      integer not null,
    building  integer,
    -- A number is never used twice: rows of a generation that was given up may still be there.
    latest    integer not null,
    primary key (tenant_id, name),
    check (building is distinct from live and latest >= live)
);
select protect_tenant_table('read_model');

-- Runs as who asks, so row security shows the bound tenant's row.
create function live_generation(model text) returns integer
    language sql stable parallel safe
    return coalesce((select live from read_model where name = model), 0);

grant select on sequence event_position to crm_app;

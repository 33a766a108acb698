-- What is published together lies in one parcel, each body once however many queues it goes to, and a queue has one row
-- for all that it gets of a parcel: it is inserted, claimed and deleted as one (docs/decisions/0060-parcels.md).
alter table broker_messages rename to broker_messages_former;
alter index broker_messages_pkey rename to broker_messages_former_pkey;
drop index broker_messages_expiring;
alter sequence broker_messages_position_seq rename to broker_messages_former_position_seq;

create table broker_parcels (
    id          uuid   not null primary key,
    message_ids uuid[] not null,
    headers     text[] not null,
    bodies      bytea[] not null
) with (autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_insert_scale_factor = 0.2,
        autovacuum_vacuum_cost_delay = 0, toast.autovacuum_vacuum_threshold = 50000, toast.autovacuum_vacuum_scale_factor = 0,
        toast.autovacuum_vacuum_cost_delay = 0);
-- Small JSON that is read some few times: trying to compress it costs more than it saves. Nobody asks for what is in it.
alter table broker_parcels alter column bodies set storage external, alter column headers set statistics 0,
    alter column bodies set statistics 0, alter column message_ids set statistics 0;
grant select, insert, update, delete on broker_parcels to crm_system;

-- Positions lie 128 apart: what is taken out of a row alone stands behind it by its number in the parcel, which is at most
-- 100, and keeps its place before the next row.
create table broker_messages (
    queue           integer     not null,
    lane            smallint    not null,
    position        bigint      generated always as identity (increment by 128),
    parcel          uuid        not null,
    published_at    timestamptz not null default now(),
    visible_at      timestamptz not null default now(),
    expires_at      timestamptz,
    owner           bigint,
    worker          integer,
    -- How many messages these are, and which of the parcel (from 1), where they are not all.
    size            smallint    not null,
    failures        smallint    not null default 0,
    crashes         smallint    not null default 0,
    first_failed_at timestamptz,
    parts           smallint[],
    primary key (queue, lane, position)
) with (fillfactor = 50, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_scale_factor = 0,
        autovacuum_vacuum_insert_scale_factor = 0.2, autovacuum_vacuum_cost_delay = 0);
create index broker_messages_expiring on broker_messages (expires_at) where expires_at is not null;
-- Whether anybody still needs a parcel.
create index broker_messages_parcel on broker_messages (parcel);
grant select, insert, update, delete on broker_messages to crm_system;

with former as materialized (
    select *, gen_random_uuid() as parcel from broker_messages_former
), parcels as (
    insert into broker_parcels (id, message_ids, headers, bodies)
    select parcel, array[message_id], array[headers], array[body] from former
)
insert into broker_messages (queue, lane, position, parcel, published_at, visible_at, expires_at, owner, worker, size,
                             failures, crashes, first_failed_at)
       overriding system value
select queue, lane, position * 128, parcel, published_at, visible_at, expires_at, owner, worker, 1,
       failures, crashes, first_failed_at
  from former;
select setval('broker_messages_position_seq', nextval('broker_messages_former_position_seq') * 128);
drop table broker_messages_former;

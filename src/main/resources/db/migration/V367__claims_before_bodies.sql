-- The worker of a claim stood behind the body. Of a row that is changed on its page PostgreSQL logs what lies between the
-- bytes that stay the same at its beginning and those at its end: each claim wrote the body once more. Columns cannot be
-- moved, so the messages are. And half of each page stays free in place of two fifths: whatever the messages' size, their
-- claims have room beside them.
alter table broker_messages rename to broker_messages_former;
alter index broker_messages_pkey rename to broker_messages_former_pkey;
drop index broker_messages_expiring;
alter sequence broker_messages_position_seq rename to broker_messages_former_position_seq;

create table broker_messages (
    queue           integer     not null,
    lane            smallint    not null,
    position        bigint      generated always as identity,
    message_id      uuid        not null,
    published_at    timestamptz not null default now(),
    visible_at      timestamptz not null default now(),
    expires_at      timestamptz,
    owner           bigint,
    worker          integer,
    failures        smallint    not null default 0,
    crashes         smallint    not null default 0,
    first_failed_at timestamptz,
    headers         text        not null,
    body            bytea       not null,
    primary key (queue, lane, position)
) with (fillfactor = 50, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_scale_factor = 0,
        autovacuum_vacuum_insert_scale_factor = 0.2, autovacuum_vacuum_cost_delay = 0);
alter table broker_messages alter column body set storage external;

insert into broker_messages (queue, lane, position, message_id, published_at, visible_at, expires_at, owner, worker,
                             failures, crashes, first_failed_at, headers, body)
       overriding system value
select queue, lane, position, message_id, published_at, visible_at, expires_at, owner, worker,
       failures, crashes, first_failed_at, headers, body
  from broker_messages_former;
select setval('broker_messages_position_seq', nextval('broker_messages_former_position_seq'));
drop table broker_messages_former;

create index broker_messages_expiring on broker_messages (expires_at) where expires_at is not null;
grant select, insert, update, delete on broker_messages to crm_system;

-- Which consumers the running programs have, and what these hear: each program says it again every few minutes. A broker keeps
-- a binding that no program declares any more, and RabbitMQ does not even list them, so they are kept here.
alter table event_consumers add column declared_at timestamptz not null default now();
grant delete on event_consumers to crm_system;

create table event_bindings (
    consumer    text        not null,
    pattern     text        not null,
    declared_at timestamptz not null default now(),
    primary key (consumer, pattern)
);
grant select, insert, update, delete on event_bindings to crm_system;
insert into event_bindings (consumer, pattern) select name, unnest(patterns) from event_consumers;

-- Who takes sessions: people, programs, and when they are there.

-- When somebody works. What is kept is the wall clock of a place; which moment that is follows from the time zone.
create table business_hours (
    tenant_id  uuid        not null references tenant,
    id         uuid        not null,
    name       text        not null check (length(name) between 1 and 200),
    time_zone  text        not null,
    week       jsonb       not null check (jsonb_typeof(week) = 'array'),
    holidays   jsonb       not null check (jsonb_typeof(holidays) = 'array'),
    created_at timestamptz not null,
    version    bigint      not null,
    primary key (tenant_id, id)
);
select protect_tenant_table('business_hours');

create table agent (
    tenant_id          uuid        not null references tenant,
    id                 uuid        not null,
    kind               text        not null check (kind in ('HUMAN', 'AI', 'BOT', 'CHANNEL')),
    user_id            uuid,
    name               text        not null check (length(name) between 1 and 200),
    -- Open sessions at one time.
    capacity           integer     not null check (capacity between 0 and 1000),
    hours_id           uuid,
    availability       text        not null check (availability in ('ONLINE', 'AWAY', 'OFFLINE')),
    availability_since timestamptz not null,
    -- Moves without the version: nobody overwrites it.
    last_seen_at       timestamptz,
    created_at         timestamptz not null,
    archived_at        timestamptz,
    version            bigint      not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, user_id) references membership,
    foreign key (tenant_id, hours_id) references business_hours,
    check ((kind = 'HUMAN') = (user_id is not null)),
    check (archived_at is null or availability = 'OFFLINE')
);
create unique index agent_of_user on agent (tenant_id, user_id);
create index agent_by_hours on agent (tenant_id, hours_id) where hours_id is not null;
select protect_tenant_table('agent');
select open_to_system('agent', 'select');

create table team (
    tenant_id   uuid        not null references tenant,
    id          uuid        not null,
    name        text        not null check (length(name) between 1 and 200),
    hours_id    uuid,
    created_at  timestamptz not null,
    archived_at timestamptz,
    version     bigint      not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, hours_id) references business_hours
);
create index team_by_hours on team (tenant_id, hours_id) where hours_id is not null;
select protect_tenant_table('team');

create table team_agent (
    tenant_id uuid        not null,
    team_id   uuid        not null,
    agent_id  uuid        not null,
    added_at  timestamptz not null,
    primary key (tenant_id, team_id, agent_id),
    foreign key (tenant_id, team_id) references team,
    foreign key (tenant_id, agent_id) references agent
);
create index team_agent_of_agent on team_agent (tenant_id, agent_id);
select protect_tenant_table('team_agent');

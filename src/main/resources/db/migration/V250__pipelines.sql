-- The ways from first contact to won or lost, and the rules on them.
create table pipeline (
    tenant_id               uuid        not null,
    id                      uuid        not null,
    project_id              uuid        not null,
    name                    text        not null check (length(name) between 1 and 100),
    is_default              boolean     not null default false,
    session_timeout_minutes integer     check (session_timeout_minutes between 1 and 43200),
    archived_at             timestamptz,
    created_at              timestamptz not null,
    version                 bigint      not null,
    primary key (tenant_id, id),
    unique (tenant_id, project_id, id),
    foreign key (tenant_id, project_id) references project,
    check (not (is_default and archived_at is not null))
);
create unique index pipeline_default on pipeline (tenant_id, project_id) where is_default;
create unique index pipeline_name on pipeline (tenant_id, project_id, lower(name)) where archived_at is null;
select protect_tenant_table('pipeline');

create table pipeline_status (
    tenant_id   uuid    not null,
    pipeline_id uuid    not null,
    id          uuid    not null,
    ordinal     integer not null check (ordinal >= 0),
    name        text    not null check (length(name) between 1 and 100),
    kind        text    not null check (kind in ('OPEN', 'WON', 'LOST')),
    colour      text    not null check (colour ~ '^#[0-9a-f]{6}$'),
    -- One gets from here only where a transition leads.
    restricted  boolean not null default false,
    archived_at timestamptz,
    primary key (tenant_id, id),
    unique (tenant_id, pipeline_id, id),
    -- Checked at the commit: a new order is written one row after the other.
    unique (tenant_id, pipeline_id, ordinal) deferrable initially deferred,
    foreign key (tenant_id, pipeline_id) references pipeline
);
create unique index pipeline_status_name on pipeline_status (tenant_id, pipeline_id, lower(name)) where archived_at is null;
select protect_tenant_table('pipeline_status');

create table pipeline_transition (
    tenant_id   uuid not null,
    pipeline_id uuid not null,
    from_id     uuid not null,
    to_id       uuid not null check (to_id <> from_id),
    primary key (tenant_id, from_id, to_id),
    foreign key (tenant_id, pipeline_id, from_id) references pipeline_status (tenant_id, pipeline_id, id),
    foreign key (tenant_id, pipeline_id, to_id) references pipeline_status (tenant_id, pipeline_id, id)
);
create index pipeline_transition_of on pipeline_transition (tenant_id, pipeline_id);
select protect_tenant_table('pipeline_transition');

alter table custom_field add unique (tenant_id, project_id, id);

-- Without a value of these fields no contact gets into the status.
create table pipeline_required_field (
    tenant_id   uuid not null,
    project_id  uuid not null,
    pipeline_id uuid not null,
    status_id   uuid not null,
    field_id    uuid not null,
    primary key (tenant_id, status_id, field_id),
    foreign key (tenant_id, project_id, pipeline_id) references pipeline (tenant_id, project_id, id),
    foreign key (tenant_id, pipeline_id, status_id) references pipeline_status (tenant_id, pipeline_id, id),
    foreign key (tenant_id, project_id, field_id) references custom_field (tenant_id, project_id, id)
);
create index pipeline_required_field_of on pipeline_required_field (tenant_id, pipeline_id);
select protect_tenant_table('pipeline_required_field');

create table pipeline_loss_reason (
    tenant_id   uuid    not null,
    pipeline_id uuid    not null,
    id          uuid    not null,
    ordinal     integer not null check (ordinal >= 0),
    text        text    not null check (length(text) between 1 and 200),
    archived_at timestamptz,
    primary key (tenant_id, id),
    unique (tenant_id, pipeline_id, id),
    foreign key (tenant_id, pipeline_id) references pipeline
);
select protect_tenant_table('pipeline_loss_reason');

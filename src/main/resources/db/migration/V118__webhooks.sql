-- Customers' own programs that hear what happens.
create table webhook_endpoint (
    tenant_id   uuid        not null references tenant,
    id          uuid        not null,
    url         text        not null check (url ~ '^https?://' and length(url) <= 500),
    -- public names
    event_types text[]      not null check (cardinality(event_types) > 0),
    -- sealed by the vault for this endpoint
    secret      bytea       not null,
    active      boolean     not null,
    created_at  timestamptz not null,
    version     bigint      not null,
    primary key (tenant_id, id)
);
select protect_tenant_table('webhook_endpoint');
select open_to_system('webhook_endpoint', 'select');

-- One event for one endpoint, until it is taken or given up.
create table webhook_delivery (
    tenant_id       uuid        not null,
    id              uuid        not null,
    endpoint_id     uuid        not null,
    event_id        uuid        not null,
    type            text        not null,
    body            text        not null,
    traceparent     text,
    state           text        not null default 'PENDING' check (state in ('PENDING', 'DELIVERED', 'FAILED')),
    attempts        integer     not null default 0,
    next_attempt_at timestamptz not null default now(),
    created_at      timestamptz not null default now(),
    primary key (tenant_id, id),
    foreign key (tenant_id, endpoint_id) references webhook_endpoint on delete cascade,
    constraint webhook_delivery_once unique (tenant_id, event_id, endpoint_id)
);
create index webhook_delivery_due on webhook_delivery (next_attempt_at) where state = 'PENDING';
create index webhook_delivery_of on webhook_delivery (tenant_id, endpoint_id, created_at);
select protect_tenant_table('webhook_delivery');
select open_to_system('webhook_delivery', 'select, update');

create table webhook_attempt (
    tenant_id   uuid        not null,
    delivery_id uuid        not null,
    attempt     integer     not null check (attempt > 0),
    at          timestamptz not null,
    took_millis bigint      not null,
    status      integer,
    reason      text,
    primary key (tenant_id, delivery_id, attempt),
    foreign key (tenant_id, delivery_id) references webhook_delivery on delete cascade
);
select protect_tenant_table('webhook_attempt');

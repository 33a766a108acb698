-- People who talk to us. What names one person (number, private id, ...) is unique in a project, whatever the order
-- in which deliveries show it.
create table contact (
    tenant_id   uuid        not null,
    id          uuid        not null,
    project_id  uuid        not null,
    name        text        check (length(name) between 1 and 200),
    name_set_by text        not null default 'NONE' check (name_set_by in ('PERSON', 'CHANNEL', 'NONE')),
    -- When the name was given: of two names that a channel tells, the newer one counts, not the later to arrive.
    name_at     timestamptz,
    created_at  timestamptz not null,
    version     bigint      not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, project_id) references project,
    check ((name is null) = (name_set_by = 'NONE') and (name is null) = (name_at is null))
);
create index contact_by_age on contact (tenant_id, created_at, id);
select protect_tenant_table('contact');

create table contact_identity (
    tenant_id  uuid not null,
    project_id uuid not null,
    kind       text not null check (kind in ('PHONE', 'LID', 'EMAIL', 'EXTERNAL')),
    value      text not null check (length(value) between 1 and 320),
    contact_id uuid not null,
    primary key (tenant_id, project_id, kind, value),
    foreign key (tenant_id, contact_id) references contact
);
create index contact_identity_of on contact_identity (tenant_id, contact_id);
select protect_tenant_table('contact_identity');

-- Whom an id stands for that was one person's before two contacts turned out to be one: events and links that still
-- carry it find the survivor.
create table contact_merge (
    tenant_id   uuid        not null,
    absorbed_id uuid        not null,
    survivor_id uuid        not null,
    merged_at   timestamptz not null,
    primary key (tenant_id, absorbed_id),
    foreign key (tenant_id, survivor_id) references contact
);
create index contact_merge_into on contact_merge (tenant_id, survivor_id);
select protect_tenant_table('contact_merge');

-- What happened with a contact, fed by events.
create table timeline_entry (
    tenant_id  uuid        not null,
    id         uuid        not null,
    contact_id uuid        not null,
    type       text        not null,
    at         timestamptz not null,
    data       jsonb       not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, contact_id) references contact on delete cascade
);
create index timeline_entry_of on timeline_entry (tenant_id, contact_id, at desc, id desc);
select protect_tenant_table('timeline_entry');

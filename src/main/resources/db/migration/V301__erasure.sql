-- People who asked to be forgotten.

-- What belonged to them: what an event that is still on its way says in words of one of these is left out when it arrives.
create table erased_aggregate (
    tenant_id    uuid        not null,
    aggregate_id uuid        not null,
    erasure_id   uuid        not null,
    erased_at    timestamptz not null default now(),
    primary key (tenant_id, aggregate_id)
);
create index erased_aggregate_of on erased_aggregate (tenant_id, erasure_id);
select protect_tenant_table('erased_aggregate');

-- What was removed where, when and by whom. Of the person only the id, under which nothing is found any more.
create table contact_erasure (
    tenant_id  uuid        not null,
    id         uuid        not null,
    project_id uuid        not null,
    contact_id uuid        not null,
    -- Rows by table.
    removed    jsonb       not null,
    files      integer     not null check (files >= 0),
    actor_kind text        not null,
    actor_id   text        not null,
    erased_at  timestamptz not null,
    -- When the copies that were on their way are looked for once more; null when that is over.
    sweep_at   timestamptz,
    sweeps     integer     not null default 0,
    primary key (tenant_id, id),
    foreign key (tenant_id, project_id) references project
);
create index contact_erasure_by_age on contact_erasure (tenant_id, erased_at desc, id desc);
create index contact_erasure_due on contact_erasure (sweep_at) where sweep_at is not null;
select protect_tenant_table('contact_erasure');
select open_to_system('contact_erasure', 'select');

-- Files that nobody refers to any more and that still lie in the folder.
create table media_removal (
    tenant_id uuid not null,
    sha256    text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    primary key (tenant_id, sha256)
);
select protect_tenant_table('media_removal');
select open_to_system('media_removal', 'select');

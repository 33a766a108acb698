-- The whole life of a contact: language, deletion that can be taken back, tags.
alter table contact
    add column language   text check (language ~ '^[a-z]{2,3}(-[A-Z]{2})?$'),
    -- Set while the contact is deleted: nothing of it is gone, it is only no longer shown.
    add column deleted_at timestamptz;

drop index contact_by_age;
create index contact_by_age on contact (tenant_id, created_at, id) where deleted_at is null;
create index contact_deleted on contact (tenant_id, created_at, id) where deleted_at is not null;

-- A tag of a project. The number of contacts that carry it and are not deleted is kept with every change: counting a
-- million of them on each look would not do.
create table tag (
    tenant_id     uuid   not null,
    project_id    uuid   not null,
    name          text   not null collate "C" check (length(name) between 1 and 50),
    contact_count bigint not null default 0 check (contact_count >= 0),
    primary key (tenant_id, project_id, name),
    foreign key (tenant_id, project_id) references project
);
select protect_tenant_table('tag');

create table contact_tag (
    tenant_id  uuid not null,
    contact_id uuid not null,
    project_id uuid not null,
    tag        text not null collate "C",
    primary key (tenant_id, contact_id, tag),
    foreign key (tenant_id, contact_id) references contact,
    foreign key (tenant_id, project_id, tag) references tag
);
create index contact_tag_by_tag on contact_tag (tenant_id, tag, contact_id);
select protect_tenant_table('contact_tag');

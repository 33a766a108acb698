-- What people write down about a contact for each other.
create table note (
    tenant_id   uuid        not null,
    id          uuid        not null,
    contact_id  uuid        not null,
    type        text        not null check (type in ('GENERAL', 'CALL', 'MEETING', 'COMPLAINT', 'FOLLOW_UP')),
    priority    text        not null check (priority in ('LOW', 'NORMAL', 'HIGH', 'URGENT')),
    text        text        not null check (length(text) between 1 and 10000),
    mentions    uuid[]      not null default '{}',
    pinned      boolean     not null default false,
    author_kind text        not null,
    author_id   text        not null,
    author_name text        not null,
    created_at  timestamptz not null,
    edited_at   timestamptz,
    deleted_at  timestamptz,
    version     bigint      not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, contact_id) references contact,
    check (edited_at >= created_at and deleted_at >= created_at)
);
create index note_of_contact on note (tenant_id, contact_id, pinned desc, created_at desc, id desc) where deleted_at is null;
create index note_by_contact on note (tenant_id, contact_id);
select protect_tenant_table('note');

-- Every wording that a note had before its present one, and who replaced it.
create table note_wording (
    tenant_id    uuid        not null,
    note_id      uuid        not null,
    version      bigint      not null,
    type         text        not null,
    priority     text        not null,
    text         text        not null,
    replaced_at  timestamptz not null,
    editor_kind  text        not null,
    editor_id    text        not null,
    editor_name  text        not null,
    primary key (tenant_id, note_id, version),
    foreign key (tenant_id, note_id) references note
);
select protect_tenant_table('note_wording');

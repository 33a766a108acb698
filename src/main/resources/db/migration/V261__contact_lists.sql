-- Lists of contacts: with members that people add, or with a filter that says who is on it.
create table contact_list (
    tenant_id     uuid        not null,
    id            uuid        not null,
    project_id    uuid        not null,
    name          text        not null check (length(name) between 1 and 100),
    -- As its writer wrote it; null for a list that people fill.
    filter        jsonb,
    -- Whether the filter means other contacts later without any event that tells of them.
    moves         boolean     not null default false,
    -- The rows of contact_list_member that count, kept with every change of one.
    contact_count bigint      not null default 0 check (contact_count >= 0),
    -- When all contacts were looked at last; null until that was done for the present filter.
    counted_at    timestamptz,
    created_at    timestamptz not null,
    version       bigint      not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, project_id) references project,
    check (filter is not null or not moves)
);
create unique index contact_list_name on contact_list (tenant_id, project_id, lower(name));
create index contact_list_moves on contact_list (counted_at) where moves;
select protect_tenant_table('contact_list');
select open_to_system('contact_list', 'select');

-- Kept by events: a contact that is no more stays here until that is heard of, so nothing refers to it.
create table contact_list_member (
    tenant_id  uuid        not null,
    list_id    uuid        not null,
    contact_id uuid        not null,
    since      timestamptz not null,
    -- A contact that is deleted, or shown as a part of another, stays on the list and does not count.
    counts     boolean     not null,
    -- The part of the contact that is on the list, if the contact itself was not put on it.
    lent_by    uuid,
    primary key (tenant_id, list_id, contact_id),
    foreign key (tenant_id, list_id) references contact_list on delete cascade
);
create index contact_list_member_contact on contact_list_member (tenant_id, contact_id);
select protect_tenant_table('contact_list_member');

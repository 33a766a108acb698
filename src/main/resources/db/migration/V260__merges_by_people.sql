-- What people merge stays what it was: the merged contact keeps its row and all that points to it, and is shown as a part
-- of another. So it can be taken apart again, and what came meanwhile lies with the one whose address it came for.
alter table contact
    -- The contact that this one is shown as a part of; a part has no parts of its own.
    add column part_of uuid,
    add column part_since timestamptz,
    -- Who is shown for it.
    add column whole_id uuid generated always as (coalesce(part_of, id)) stored,
    -- The language came from a part: it goes when that part does, unless somebody says it again.
    add column language_lent boolean not null default false,
    add foreign key (tenant_id, part_of) references contact,
    add check (part_of <> id and (part_of is null) = (part_since is null)),
    add check (not language_lent or language is not null);
alter table contact add unique (tenant_id, id, whole_id);
create index contact_part on contact (tenant_id, part_of) where part_of is not null;

-- Rows whose contact is asked for in filters carry whole_id as well: a join in each condition of a filter is more than the
-- planner can bear. The foreign key keeps it the contact's, also when that becomes a part or leaves. The owner is bound by
-- row security and sees nothing; to fill the column it must see all.
alter table contact_identity add column whole_id uuid;
alter table chat add column whole_id uuid;
alter table deal add column whole_id uuid;
alter table contact_identity no force row level security;
alter table chat no force row level security;
alter table deal no force row level security;
update contact_identity set whole_id = contact_id;
update chat set whole_id = contact_id where contact_id is not null;
update deal set whole_id = contact_id;
alter table contact_identity force row level security;
alter table chat force row level security;
alter table deal force row level security;
alter table contact_identity alter column whole_id set not null,
    drop constraint contact_identity_tenant_id_contact_id_fkey,
    add foreign key (tenant_id, contact_id, whole_id) references contact (tenant_id, id, whole_id) on update cascade;
alter table deal alter column whole_id set not null,
    drop constraint deal_tenant_id_contact_id_fkey,
    add foreign key (tenant_id, contact_id, whole_id) references contact (tenant_id, id, whole_id) on update cascade;
alter table chat drop constraint chat_tenant_id_contact_id_fkey,
    add foreign key (tenant_id, contact_id, whole_id) references contact (tenant_id, id, whole_id) on update cascade,
    add check ((contact_id is null) = (whole_id is null));
-- No more indexes than before: each is written with each message.
drop index contact_identity_of;
create index contact_identity_of on contact_identity (tenant_id, whole_id, contact_id);
drop index chat_of_person;
create unique index chat_of_person on chat (tenant_id, whole_id, contact_id, channel_id);
drop index deal_by_contact;
create index deal_by_contact on deal (tenant_id, whole_id, contact_id);

-- MERGED: a name that a part lends to a contact that has none. Whatever else anybody calls it outweighs that.
alter table contact drop constraint contact_name_set_by_check;
alter table contact add constraint contact_name_set_by_check check (name_set_by in ('PERSON', 'CHANNEL', 'MERGED', 'NONE'));

-- Which part lends a tag or a value to the contact that it is shown with; null for the contact's own. The part keeps its
-- own rows: filters and counts look at those of the contact that is shown only.
alter table contact_tag add column lent_by uuid, add foreign key (tenant_id, lent_by) references contact;
create index contact_tag_lent on contact_tag (tenant_id, lent_by) where lent_by is not null;
alter table custom_field_value add column lent_by uuid, add foreign key (tenant_id, lent_by) references contact;
create index custom_field_value_lent on custom_field_value (tenant_id, lent_by) where lent_by is not null;

-- Who carries a tag is read in the order of names too, and compared with a part of a name before any contact is read; before, all
-- that carry it were read and sorted. A name changes, and so does its copy.
alter table contact_tag add column contact_sort_name text collate "C";
drop trigger contact_tag_age on contact_tag;
drop function keep_age_of_tagged();

-- Whoever renames the contact at the same moment is waited for, or waits and then finds the new tag.
create function copy_contact_to_tag() returns trigger
    language plpgsql set search_path = public, pg_temp as
$$
begin
    select created_at, sort_name into new.contact_created_at, new.contact_sort_name
      from contact where tenant_id = new.tenant_id and id = new.contact_id for share;
    return new;
end
$$;
revoke execute on function copy_contact_to_tag() from public;
create trigger contact_tag_of_contact before insert on contact_tag for each row execute function copy_contact_to_tag();

create function copy_name_to_tags() returns trigger
    language plpgsql set search_path = public, pg_temp as
$$
begin
    update contact_tag set contact_sort_name = new.sort_name where tenant_id = new.tenant_id and contact_id = new.id;
    return null;
end
$$;
revoke execute on function copy_name_to_tags() from public;
create trigger contact_name_of_tags after update on contact for each row
    when (old.sort_name is distinct from new.sort_name) execute function copy_name_to_tags();

-- What is there already. The owner is bound by row security as well, and sees nothing; to change it must see all.
alter table contact no force row level security;
alter table contact_tag no force row level security;
update contact_tag t set contact_sort_name = c.sort_name from contact c where c.tenant_id = t.tenant_id and c.id = t.contact_id;
alter table contact force row level security;
alter table contact_tag force row level security;

alter table contact_tag alter column contact_sort_name set not null;
create index contact_tag_by_name on contact_tag (tenant_id, tag, contact_sort_name, contact_id);

-- Who carries a tag, the newest contact first, is read along an index; before, all contacts were walked along, or all that carry it
-- were sorted. When a contact was created never changes.
alter table contact_tag add column contact_created_at timestamptz;

create function keep_age_of_tagged() returns trigger
    language plpgsql set search_path = public, pg_temp as
$$
begin
    select created_at into new.contact_created_at from contact where tenant_id = new.tenant_id and id = new.contact_id;
    return new;
end
$$;
revoke execute on function keep_age_of_tagged() from public;
create trigger contact_tag_age before insert on contact_tag for each row execute function keep_age_of_tagged();

-- What is there already. The owner is bound by row security as well, and sees nothing; to change it must see all.
alter table contact no force row level security;
alter table contact_tag no force row level security;
update contact_tag t set contact_created_at = c.created_at from contact c where c.tenant_id = t.tenant_id and c.id = t.contact_id;
alter table contact force row level security;
alter table contact_tag force row level security;

alter table contact_tag alter column contact_created_at set not null;
drop index contact_tag_by_tag;
create index contact_tag_by_age on contact_tag (tenant_id, tag, contact_created_at, contact_id);

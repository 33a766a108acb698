-- How many contacts a company has, for the limits of its plan, was counted row by row at each look. It is the sum of these rows: each
-- statement that adds or takes away writes how many, so that nobody waits for a common row, and a sweep makes one of many.
create table contact_count (
    tenant_id  uuid   not null,
    difference bigint not null
);
create index contact_count_of_tenant on contact_count (tenant_id);

create function count_added_contacts() returns trigger
    language plpgsql set search_path = public, pg_temp as
$$
begin
    insert into contact_count (tenant_id, difference)
    select tenant_id, count(*) from added where deleted_at is null and part_of is null group by tenant_id;
    return null;
end
$$;
create function count_gone_contacts() returns trigger
    language plpgsql set search_path = public, pg_temp as
$$
begin
    insert into contact_count (tenant_id, difference)
    select tenant_id, -count(*) from gone where deleted_at is null and part_of is null group by tenant_id;
    return null;
end
$$;
create function count_changed_contact() returns trigger
    language plpgsql set search_path = public, pg_temp as
$$
begin
    insert into contact_count (tenant_id, difference)
    values (new.tenant_id, case when new.deleted_at is null and new.part_of is null then 1 else -1 end);
    return null;
end
$$;
revoke execute on function count_added_contacts(), count_gone_contacts(), count_changed_contact() from public;
-- They lock the table against writers until those that are there are counted.
create trigger contact_count_added after insert on contact referencing new table as added
    for each statement execute function count_added_contacts();
create trigger contact_count_gone after delete on contact referencing old table as gone
    for each statement execute function count_gone_contacts();
create trigger contact_count_changed after update on contact for each row
    when ((old.deleted_at is null and old.part_of is null) is distinct from (new.deleted_at is null and new.part_of is null))
    execute function count_changed_contact();

-- The owner is bound by row security as well, and sees nothing; to count must see all.
alter table contact no force row level security;
insert into contact_count (tenant_id, difference)
select tenant_id, count(*) from contact where deleted_at is null and part_of is null group by tenant_id;
alter table contact force row level security;
select protect_tenant_table('contact_count');
select open_to_system('contact_count', 'select, insert, update, delete');

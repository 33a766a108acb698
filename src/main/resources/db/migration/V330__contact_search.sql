-- Names and numbers of contacts, to be searched along an index, as the words of messages are (decision 42): outside of row
-- security and out of everybody's reach. Triggers fill it; search_contacts, which takes the tenant from the bound
-- transaction and from nowhere else, is the only way to read it (decision 43).
create extension if not exists pg_trgm;
create extension if not exists btree_gin;

create table contact_search (
    tenant_id  uuid not null,
    contact_id uuid not null,
    whole_id   uuid not null,
    kind       text not null check (kind in ('NAME', 'PHONE', 'EMAIL', 'EXTERNAL')),
    -- Without capitals and accents.
    value      text not null,
    primary key (tenant_id, contact_id, kind, value)
);
create index contact_search_values on contact_search using gin (tenant_id, value gin_trgm_ops);

-- specifications.Folding has the same letters.
create function folded(said text) returns text language sql immutable parallel safe as
$$
    select translate(said, 'ABCDEFGHIJKLMNOPQRSTUVWXYZÀÁÂÃÄÅàáâãäåÇçÈÉÊËèéêëÌÍÎÏìíîïÑñÒÓÔÕÖòóôõöÙÚÛÜùúûüÝýÿ',
                           'abcdefghijklmnopqrstuvwxyzaaaaaaaaaaaacceeeeeeeeiiiiiiiinnoooooooooouuuuuuuuyyy')
$$;

create function keep_contact_names() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    if tg_op = 'INSERT' then
        insert into contact_search (tenant_id, contact_id, whole_id, kind, value)
        select tenant_id, id, whole_id, 'NAME', folded(name) from added where name is not null;
    elsif tg_op = 'DELETE' then
        delete from contact_search s using gone g where s.tenant_id = g.tenant_id and s.contact_id = g.id;
    else
        if old.whole_id <> new.whole_id then
            update contact_search set whole_id = new.whole_id where tenant_id = new.tenant_id and contact_id = new.id;
        end if;
        if old.name is distinct from new.name then
            delete from contact_search where tenant_id = new.tenant_id and contact_id = new.id and kind = 'NAME';
            if new.name is not null then
                insert into contact_search (tenant_id, contact_id, whole_id, kind, value)
                values (new.tenant_id, new.id, new.whole_id, 'NAME', folded(new.name));
            end if;
        end if;
    end if;
    return null;
end
$$;

create function keep_contact_identities() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    if tg_op <> 'INSERT' then
        delete from contact_search s using gone g
         where s.tenant_id = g.tenant_id and s.contact_id = g.contact_id and s.kind = g.kind and s.value = folded(g.value);
    end if;
    if tg_op <> 'DELETE' then
        insert into contact_search (tenant_id, contact_id, whole_id, kind, value)
        select tenant_id, contact_id, whole_id, kind, folded(value) from added where kind <> 'LID'
            on conflict do nothing;
    end if;
    return null;
end
$$;
revoke execute on function keep_contact_names(), keep_contact_identities() from public;

create trigger contact_names_added after insert on contact referencing new table as added
    for each statement execute function keep_contact_names();
create trigger contact_names_gone after delete on contact referencing old table as gone
    for each statement execute function keep_contact_names();
create trigger contact_names_changed after update on contact for each row
    when (old.name is distinct from new.name or old.whole_id <> new.whole_id)
    execute function keep_contact_names();
create trigger contact_identities_added after insert on contact_identity referencing new table as added
    for each statement execute function keep_contact_identities();
create trigger contact_identities_gone after delete on contact_identity referencing old table as gone
    for each statement execute function keep_contact_identities();
create trigger contact_identities_changed after update on contact_identity referencing old table as gone new table as added
    for each statement execute function keep_contact_identities();

-- Contacts of the bound tenant that are shown and have such a name, address or number, in no order. Patterns are those of
-- LIKE; null finds none.
create function search_contacts(names text, digits text, numbers text[], most integer) returns setof uuid
    language plpgsql stable security definer set search_path = public, pg_temp as
$$
begin
    if current_tenant() is null then return; end if;
    return query execute format('
        select whole_id from contact_search where tenant_id = %L::uuid and (kind <> ''PHONE'' and value like %L %s %s) limit %L::integer',
        current_tenant(), names,
        case when digits is not null then format('or kind = ''PHONE'' and value like %L', digits) end,
        case when cardinality(numbers) > 0 then format('or kind = ''PHONE'' and value = any (%L::text[])', numbers) end,
        most);
end
$$;
revoke execute on function search_contacts(text, text, text[], integer) from public;
grant execute on function search_contacts(text, text, text[], integer) to crm_app;

-- What is there already. The owner is bound by row security as well, and sees nothing; to read it must see all.
alter table contact no force row level security;
alter table contact_identity no force row level security;
insert into contact_search (tenant_id, contact_id, whole_id, kind, value)
select tenant_id, id, whole_id, 'NAME', folded(name) from contact where name is not null
union all
select tenant_id, contact_id, whole_id, kind, folded(value) from contact_identity where kind <> 'LID'
    on conflict do nothing;
alter table contact force row level security;
alter table contact_identity force row level security;

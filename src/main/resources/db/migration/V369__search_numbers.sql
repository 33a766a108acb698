-- The same answers with less work. A number as it is written in full is looked up among the identities by their key, where the
-- index of trigrams took three times as long for it as for all the rest; and of a text of nothing but digits the pattern of names
-- and that of numbers are one, which is looked up once.
create or replace function search_contacts(names text, digits text, numbers text[], most integer) returns setof uuid
    language plpgsql stable security definer set search_path = public, pg_temp as
$$
begin
    if current_tenant() is null then return; end if;
    return query execute format('
        select * from (select whole_id from contact_search where tenant_id = %1$L::uuid and (%2$s) %4$s) found limit %3$L::integer',
        current_tenant(),
        case when digits is null then format('kind <> ''PHONE'' and value like %L', names)
             when digits = names then format('value like %L', names)
             else format('kind <> ''PHONE'' and value like %L or kind = ''PHONE'' and value like %L', names, digits) end,
        most,
        case when cardinality(numbers) > 0 then format('
            union all
            select i.whole_id from project p
              join contact_identity i on i.tenant_id = p.tenant_id and i.project_id = p.id and i.kind = ''PHONE'' and i.value = any (%2$L::text[])
             where p.tenant_id = %1$L::uuid', current_tenant(), numbers) end);
end
$$;

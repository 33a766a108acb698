-- Read models that are kept in the transactions of their events (inbox, list of contacts) are built anew by counting what the events
-- left, row by row, through the replays (decision 63).

-- Which ones the running programs know, for programs that do not run them: the command line does not.
create table event_recounts (
    name        text        not null primary key,
    declared_at timestamptz not null default now()
);
grant select, insert, update on event_recounts to crm_system;

alter table event_replay
    -- Up to which row it was counted anew.
    add column counted_to uuid not null default '00000000-0000-0000-0000-000000000000',
    -- Rows that were not what they were counted to be; null when events are replayed.
    add column mended bigint check (mended >= 0),
    drop constraint event_replay_types_check,
    add check ((cardinality(types) > 0) = (mended is null));

-- Rows of contact_search above one contact and up to another that are not what names and addresses say (decision 43: no login reads
-- that table), by their contacts. Those of the contacts in "mended", which the caller has locked, are set right as well.
create function contact_search_differences(above uuid, up_to uuid, mended uuid[], ids uuid[], wholes uuid[], kinds text[], texts text[])
    returns setof uuid
    language sql volatile security definer set search_path = public, pg_temp as
$$
    with said as materialized (
        select distinct contact_id, whole_id, kind, folded(text) as value from unnest(ids, wholes, kinds, texts) s (contact_id, whole_id, kind, text)),
    there as materialized (
        select contact_id, whole_id, kind, value from contact_search
         where tenant_id = current_tenant() and contact_id > above and contact_id <= up_to),
    gone as (select * from there except select * from said),
    missing as (select * from said except select * from there),
    taken as (
        delete from contact_search s using gone g
         where s.tenant_id = current_tenant() and s.contact_id = g.contact_id and s.kind = g.kind and s.value = g.value
           and g.contact_id = any (mended)
           and not exists (select from said where said.contact_id = g.contact_id and said.kind = g.kind and said.value = g.value)),
    put as (
        insert into contact_search (tenant_id, contact_id, whole_id, kind, value)
        select current_tenant(), contact_id, whole_id, kind, value from missing where contact_id = any (mended)
            on conflict (tenant_id, contact_id, kind, value) do update set whole_id = excluded.whole_id)
    select contact_id from gone union select contact_id from missing
$$;
revoke execute on function contact_search_differences(uuid, uuid, uuid[], uuid[], uuid[], text[], text[]) from public;
grant execute on function contact_search_differences(uuid, uuid, uuid[], uuid[], uuid[], text[], text[]) to crm_app;

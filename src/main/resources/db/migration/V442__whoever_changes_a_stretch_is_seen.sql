-- Whoever changed words of a stretch that was waiting to be gathered left its row alone. Between the moment at which the row was told which transactions to
-- wait for and the commit of that, somebody newer could still see it as it was, leave it alone, and not be waited for: what they said was not found
-- for as long as nothing else changed in that stretch. They change the row in any case now, and so wait for whoever is changing it.
create or replace function forget_message_stretches(of_tenant uuid, times timestamptz[]) returns void
    language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    -- Nearly always all is newer than the last stretch.
    if (select min(at) from unnest(times) at) >= coalesce(
            (select high from message_stretch where tenant_id = of_tenant order by low desc limit 1), '-infinity') then
        return;
    end if;
    update message_stretch s set words = null, since = null
     where s.tenant_id = of_tenant
       and s.low in (select (select m.low from message_stretch m where m.tenant_id = of_tenant and m.low <= at order by m.low desc limit 1)
                       from unnest(times) at)
       and exists (select from unnest(times) at where at >= s.low and at < s.high);
end
$$;

-- Whom that befell is not known: all stretches are gathered anew, in the background. The owner is not bound by row security here.
update message_stretch set words = null, since = null;

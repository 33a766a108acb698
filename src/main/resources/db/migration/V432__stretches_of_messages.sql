-- A frequent word that none of the newest messages has was met only after walking past all of those. Stretches of some thousand
-- messages one after the other know all of their words, so that a walk goes only through those that have what is looked for
-- (decision 61). They follow each other without a gap, the first from the beginning of all time; what came after the last is
-- walked through as it was.
create table message_stretch (
    tenant_id uuid        not null,
    low       timestamptz not null,
    high      timestamptz not null,
    -- Of all messages from low to before high, perhaps some more; null while they have to be gathered, and then it may have any.
    words     tsvector,
    -- Transactions before this one may still be adding words to the stretch; null until that is known.
    since     xid8,
    primary key (tenant_id, low),
    check (low < high)
);
-- Nothing about words helps to plan with them, and to count them takes a second.
alter table message_stretch alter column words set statistics 0;
-- A word is looked for while others are entered: nothing waits in a list. The tenant as text is in no other index, so that the
-- planner, to whom the words of a stretch are as quickly compared as a number, cannot read all stretches of a tenant instead.
create index message_stretch_words on message_stretch using gin ((tenant_id::text), words) with (fastupdate = off);
create index message_stretch_unread on message_stretch (tenant_id, low) where words is null;

-- Something was said, or is not said any more, at these times. Whoever does that later than a stretch is seen makes it forget its words,
-- in the same transaction.
create function forget_message_stretches(of_tenant uuid, times timestamptz[]) returns void
    language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    -- Nearly always all is newer than the last stretch.
    if (select min(at) from unnest(times) at) >= coalesce(
            (select high from message_stretch where tenant_id = of_tenant order by low desc limit 1), '-infinity') then
        return;
    end if;
    update message_stretch s set words = null, since = null
     where s.tenant_id = of_tenant and (s.words is not null or s.since is not null)
       and s.low in (select (select m.low from message_stretch m where m.tenant_id = of_tenant and m.low <= at order by m.low desc limit 1)
                       from unnest(times) at)
       and exists (select from unnest(times) at where at >= s.low and at < s.high);
end
$$;
revoke execute on function forget_message_stretches(uuid, timestamptz[]) from public;

create or replace function keep_message_words() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as
$$
declare
    changed record;
begin
    if tg_op = 'INSERT' then
        insert into message_search (tenant_id, message_id, sent_at, channel_id, direction, type, words)
        select tenant_id, id, sent_at, channel_id, direction, type, message_words(text) from added
         where text is not null and revoked_at is null
            on conflict do nothing;
        for changed in select tenant_id, array_agg(sent_at) as times from added where text is not null and revoked_at is null group by tenant_id loop
            perform forget_message_stretches(changed.tenant_id, changed.times);
        end loop;
    elsif tg_op = 'DELETE' then
        delete from message_search s using gone g
         where s.tenant_id = g.tenant_id and s.sent_at = g.sent_at and s.message_id = g.id;
        for changed in select tenant_id, array_agg(sent_at) as times from gone where text is not null group by tenant_id loop
            perform forget_message_stretches(changed.tenant_id, changed.times);
        end loop;
    else
        delete from message_search s
         where s.tenant_id = old.tenant_id and s.sent_at = old.sent_at and s.message_id = old.id;
        if new.text is not null and new.revoked_at is null then
            insert into message_search (tenant_id, message_id, sent_at, channel_id, direction, type, words)
            values (new.tenant_id, new.id, new.sent_at, new.channel_id, new.direction, new.type, message_words(new.text));
        end if;
        perform forget_message_stretches(new.tenant_id, array[old.sent_at, new.sent_at]);
    end if;
    return null;
end
$$;

-- One step of keeping stretches of so many messages; how many it changed, none when there is nothing to do for now. A stretch is begun
-- with no words and committed. Transactions that write from then on see it and make it forget; those that wrote before may add
-- words without seeing it, so it is read once they are over. Steps of several programs take turns.
create function keep_message_stretches(size integer) returns integer
    language plpgsql security definer set search_path = public, pg_temp as
$$
declare
    -- One that became as large as two by what came late is divided again.
    most constant integer := 2 * size;
    -- The newest are left alone, of which much is still changing: what comes late, and what is edited, belongs to them.
    newest constant integer := size / 4;
    -- No transaction is ever later: moments with more words than can be gathered are walked through.
    never constant xid8 := '18446744073709551615';
    stretch record;
    messages integer;
    middle timestamptz;
    of_tenant uuid;
    done integer;
begin
    if not pg_try_advisory_xact_lock(hashtextextended('message_stretch', 0)) then return 0; end if;

    select * into stretch from message_stretch
     where words is null and since <= pg_snapshot_xmin(pg_current_snapshot()) order by tenant_id, low limit 1;
    if found then
        messages := (select count(*) from (select from message_search where tenant_id = stretch.tenant_id
                        and sent_at >= stretch.low and sent_at < stretch.high limit most + 1) m);
        if messages > most then
            middle := message_stretch_end(stretch.tenant_id, stretch.low, size);
        end if;
        if middle is null or middle >= stretch.high then
            begin
                update message_stretch s set since = null, words = array_to_tsvector(array(
                        select distinct word from message_search m, unnest(tsvector_to_array(m.words)) word
                         where m.tenant_id = s.tenant_id and m.sent_at >= s.low and m.sent_at < s.high))
                 where s.tenant_id = stretch.tenant_id and s.low = stretch.low and s.since = stretch.since;
                return 1;
            exception when program_limit_exceeded then
                -- More words than a tsvector holds.
                middle := message_stretch_end(stretch.tenant_id, stretch.low, messages / 2);
            end;
        end if;
        if middle is null or middle >= stretch.high then
            update message_stretch set since = never where tenant_id = stretch.tenant_id and low = stretch.low and since = stretch.since;
            return 1;
        end if;
        update message_stretch set high = middle, since = null
         where tenant_id = stretch.tenant_id and low = stretch.low and since = stretch.since;
        if found then
            insert into message_stretch (tenant_id, low, high) values (stretch.tenant_id, middle, stretch.high);
        end if;
        return 1;
    end if;

    update message_stretch set since = pg_snapshot_xmax(pg_current_snapshot()) where words is null and since is null;
    get diagnostics done = row_count;
    if done > 0 then return done; end if;

    select tenant_id into of_tenant from message_search order by tenant_id limit 1;
    while of_tenant is not null loop
        select coalesce(max(high), '-infinity') as high into stretch from message_stretch where tenant_id = of_tenant;
        if exists (select from message_search where tenant_id = of_tenant and sent_at >= stretch.high order by sent_at offset size + newest limit 1) then
            middle := message_stretch_end(of_tenant, stretch.high, size);
            if middle is not null then
                insert into message_stretch (tenant_id, low, high) values (of_tenant, stretch.high, middle);
                done := done + 1;
            end if;
        end if;
        select tenant_id into of_tenant from message_search where tenant_id > of_tenant order by tenant_id limit 1;
    end loop;
    return done;
end
$$;

-- Where a stretch of so many messages ends that begins there. Those of one moment are never divided.
create function message_stretch_end(of_tenant uuid, low timestamptz, size integer) returns timestamptz
    language sql stable security definer set search_path = public, pg_temp as
$$
    select coalesce(
        (select sent_at from (select sent_at from message_search where tenant_id = of_tenant and sent_at >= low order by sent_at offset size limit 1) e
          where sent_at > (select sent_at from message_search where tenant_id = of_tenant and sent_at >= low order by sent_at limit 1)),
        (select sent_at from message_search where tenant_id = of_tenant
            and sent_at > (select sent_at from message_search where tenant_id = of_tenant and sent_at >= low order by sent_at limit 1)
          order by sent_at limit 1))
$$;
revoke execute on function keep_message_stretches(integer), message_stretch_end(uuid, timestamptz, integer) from public;
grant execute on function keep_message_stretches(integer) to crm_system;

-- As before, but nothing is guessed from samples. What came after the last stretch is walked through; what the page still wants is
-- looked for in the stretches that have it, the newest first, or, where they are few or have little of it, in the index as a whole.
create or replace function search_messages(wanted tsquery, of_channel uuid, of_direction text, of_type text, low timestamptz,
                                           high timestamptz, before_time timestamptz, before_id uuid, most integer)
    returns table (message_id uuid, sent_at timestamptz)
    language plpgsql stable rows 50 security definer set search_path = public, pg_temp as
$$
declare
    -- So few stretches are read from the index in less time than it takes to walk through one.
    few constant integer := 3;
    -- What so many have is frequent, if the first have it often. Where the page is not full after all of them, which takes forty
    -- milliseconds, a filter leaves out most of what has the words.
    many constant integer := 40;
    -- If the first have it less often each, the page would be met after too many, and the index reads all that have it in no time.
    often constant integer := 6;
    newest_first constant text := 'order by sent_at desc, message_id desc limit ';
    tenant constant uuid := current_tenant();
    filters constant text := concat(
        case when of_channel is not null then format(' and channel_id = %L::uuid', of_channel) end,
        case when of_direction is not null then format(' and direction = %L', of_direction) end,
        case when of_type is not null then format(' and type = %L', of_type) end);
    ours text;
    asked text;
    walked_from timestamptz;
    lows timestamptz[];
    highs timestamptz[];
    places integer;
    found_there integer;
    found_so_far integer := 0;
    wanting integer;
begin
    if tenant is null then return; end if;
    ours := format('select message_id, sent_at from message_search where tenant_id = %L::uuid %s %s %s', tenant,
        case when low is not null then format('and sent_at >= %L::timestamptz', low) end,
        case when high is not null then format('and sent_at < %L::timestamptz', high) end,
        case when before_time is not null then format('and (sent_at, message_id) < (%L::timestamptz, %L::uuid)',
                                                      before_time, before_id) end);
    asked := format('words @@ %L::tsquery %s', wanted, filters);

    walked_from := coalesce((select m.high from message_stretch m where m.tenant_id = tenant order by m.low desc limit 1), '-infinity');
    return query execute format('%s and sent_at >= %L::timestamptz and %s %s %s', ours, walked_from, asked, newest_first, most);
    get diagnostics found_there = row_count;
    wanting := most - found_there;
    if wanting = 0 then return; end if;

    select array_agg(s.low), array_agg(s.high) into lows, highs from (
        select n.* from (
            select m.low, m.high from message_stretch m where m.tenant_id::text = tenant::text and m.words @@ wanted
             union all
            select m.low, m.high from message_stretch m where m.tenant_id = tenant and m.words is null) n
         where n.high > coalesce(search_messages.low, '-infinity')
           and n.low <= least(coalesce(before_time, 'infinity'), coalesce(search_messages.high, 'infinity'))
         order by n.low desc limit many + 1) s;
    places := coalesce(cardinality(lows), 0);
    for nth in 1..case when places > few then least(places, many) else 0 end loop
        walked_from := lows[nth];
        return query execute format('%s and sent_at >= %L::timestamptz and sent_at < %L::timestamptz and %s %s %s',
            ours, walked_from, highs[nth], asked, newest_first, wanting);
        get diagnostics found_there = row_count;
        found_so_far := found_so_far + found_there;
        wanting := wanting - found_there;
        if wanting = 0 or nth = places then return; end if;
        exit when filters = '' and found_so_far < often * nth and (nth = few or places <= many);
    end loop;
    if places > 0 then
        return query execute format('with found as materialized (%s and sent_at < %L::timestamptz and %s) select * from found %s %s',
            ours, walked_from, asked, newest_first, wanting);
    end if;
end
$$;

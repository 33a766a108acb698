-- The words of messages, to be searched along an index. Row security lets an index be used only with operators that are
-- leakproof, and no operator of full text search is; an index under it would never be used. So this table is outside of
-- row security, and out of everybody's reach: no login may touch it. Triggers fill it, and search_messages, which takes the
-- tenant from the bound transaction and from nowhere else, is the only way to read it (decision 42).
create extension if not exists btree_gin;

create table message_search (
    tenant_id  uuid        not null,
    message_id uuid        not null,
    sent_at    timestamptz not null,
    channel_id uuid        not null,
    direction  text        not null,
    type       text        not null,
    words      tsvector    not null,
    primary key (tenant_id, sent_at, message_id)
);
create index message_search_words on message_search using gin (tenant_id, words);

-- Words are what stands between blanks, signs and emoji, without capitals and accents (specifications.Folding has the same
-- letters, conversations.SearchedText the same borders). Ranges and no classes: what a letter is depends on the locale.
create function message_words(said text) returns tsvector
    language sql immutable parallel safe as
$$
    select array_to_tsvector(coalesce(array_agg(distinct left(word, 60)) filter (where word <> ''), '{}'))
      from regexp_split_to_table(translate(said,
               'ABCDEFGHIJKLMNOPQRSTUVWXYZÀÁÂÃÄÅàáâãäåÇçÈÉÊËèéêëÌÍÎÏìíîïÑñÒÓÔÕÖòóôõöÙÚÛÜùúûüÝýÿ',
               'abcdefghijklmnopqrstuvwxyzaaaaaaaaaaaacceeeeeeeeiiiiiiiinnoooooooooouuuuuuuuyyy'),
               '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u20a0-\u20cf\u2190-\u2bff\u3000-\u303f\ufe00-\ufe0f\U0001F000-\U0001FAFF]+') word
$$;

create function keep_message_words() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as
$$
begin
    if tg_op = 'INSERT' then
        insert into message_search (tenant_id, message_id, sent_at, channel_id, direction, type, words)
        select tenant_id, id, sent_at, channel_id, direction, type, message_words(text) from added
         where text is not null and revoked_at is null
            on conflict do nothing;
    elsif tg_op = 'DELETE' then
        delete from message_search s using gone g
         where s.tenant_id = g.tenant_id and s.sent_at = g.sent_at and s.message_id = g.id;
    else
        delete from message_search s
         where s.tenant_id = old.tenant_id and s.sent_at = old.sent_at and s.message_id = old.id;
        if new.text is not null and new.revoked_at is null then
            insert into message_search (tenant_id, message_id, sent_at, channel_id, direction, type, words)
            values (new.tenant_id, new.id, new.sent_at, new.channel_id, new.direction, new.type, message_words(new.text));
        end if;
    end if;
    return null;
end
$$;
revoke execute on function keep_message_words() from public;

-- Of the table as a whole: a row that moves to the partition of its month says nothing new.
create trigger message_words_added after insert on message referencing new table as added
    for each statement execute function keep_message_words();
create trigger message_words_gone after delete on message referencing old table as gone
    for each statement execute function keep_message_words();
create trigger message_words_changed after update on message for each row
    when (old.text is distinct from new.text or (old.revoked_at is null) <> (new.revoked_at is null)
          or old.type <> new.type or old.direction <> new.direction)
    execute function keep_message_words();

-- Messages of the bound tenant that hold these words, the newest first. How frequent the beginning of a word is the planner
-- cannot know, so a look at the newest messages says it: a frequent one is met while walking back through time, a rare one is
-- looked up in the index of words.
create function search_messages(wanted tsquery, of_channel uuid, of_direction text, of_type text, low timestamptz,
                                high timestamptz, before_time timestamptz, before_id uuid, most integer)
    returns table (message_id uuid, sent_at timestamptz)
    language plpgsql stable rows 50 security definer set search_path = public, pg_temp as
$$
declare
    -- As many are read in a few milliseconds.
    looked_at constant integer := 2000;
    newest_first constant text := 'order by sent_at desc, message_id desc limit ';
    ours text;
    asked text;
    met integer;
begin
    if current_tenant() is null then return; end if;
    ours := format('tenant_id = %L::uuid %s %s %s', current_tenant(),
        case when low is not null then format('and sent_at >= %L::timestamptz', low) end,
        case when high is not null then format('and sent_at < %L::timestamptz', high) end,
        case when before_time is not null then format('and (sent_at, message_id) < (%L::timestamptz, %L::uuid)',
                                                      before_time, before_id) end);
    asked := format('words @@ %L::tsquery %s %s %s', wanted,
        case when of_channel is not null then format('and channel_id = %L::uuid', of_channel) end,
        case when of_direction is not null then format('and direction = %L', of_direction) end,
        case when of_type is not null then format('and type = %L', of_type) end);
    execute 'select count(*) from (select * from message_search where ' || ours || ' ' || newest_first || looked_at || ') s where ' || asked
       into met;
    if met >= most then
        return query execute 'select s.message_id, s.sent_at from message_search s where ' || ours || ' and ' || asked
                             || ' ' || newest_first || most;
    else
        return query execute 'with found as materialized (select s.message_id, s.sent_at from message_search s where '
                             || ours || ' and ' || asked || ') select * from found ' || newest_first || most;
    end if;
end
$$;
revoke execute on function search_messages(tsquery, uuid, text, text, timestamptz, timestamptz, timestamptz, uuid, integer) from public;
grant execute on function search_messages(tsquery, uuid, text, text, timestamptz, timestamptz, timestamptz, uuid, integer) to crm_app;

-- What is there already. The owner is bound by row security as well, and sees nothing; to read it must see all.
alter table message no force row level security;
insert into message_search (tenant_id, message_id, sent_at, channel_id, direction, type, words)
select tenant_id, id, sent_at, channel_id, direction, type, message_words(text) from message
 where text is not null and revoked_at is null;
alter table message force row level security;

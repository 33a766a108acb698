-- The words of a message were gathered by a query for each message, which took longer to begin than to run. As one expression they are part of the
-- statement that enters the messages. The query is left for texts that may have a word of more than 60 letters, of which those count.
create function long_message_words(said text) returns tsvector
    language sql immutable parallel safe as
$$
    select array_to_tsvector(coalesce(array_agg(distinct left(word, 60)) filter (where word <> ''), '{}'))
      from regexp_split_to_table(folded(said),
               '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u20a0-\u20cf\u2190-\u2bff\u3000-\u303f\ufe00-\ufe0f\U0001F000-\U0001FAFF]+') word
$$;
create or replace function message_words(said text) returns tsvector
    language sql immutable parallel safe as
$$
    select case when length(said) > 60 and said ~
               '[^\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u20a0-\u20cf\u2190-\u2bff\u3000-\u303f\ufe00-\ufe0f\U0001F000-\U0001FAFF]{61}'
           then long_message_words(said)
           else array_to_tsvector(array_remove(regexp_split_to_array(folded(said),
               '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u20a0-\u20cf\u2190-\u2bff\u3000-\u303f\ufe00-\ufe0f\U0001F000-\U0001FAFF]+'), ''))
           end
$$;

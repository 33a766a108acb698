-- The newest session of each chat is looked up for each row of the inbox: the whole order lies in the index, so it is the first row
-- read and nothing is sorted.
create index session_of_chat_by_start on session (tenant_id, chat_id, started_at, id);
drop index session_of_chat;
alter index session_of_chat_by_start rename to session_of_chat;

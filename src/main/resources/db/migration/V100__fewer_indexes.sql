-- Each index is written with each message. What others serve as well goes.

-- One index finds the chat of a contact on a channel and all chats of a contact; groups have no contact.
create unique index chat_of_person on chat (tenant_id, contact_id, channel_id);
drop index chat_of_contact;
drop index chat_by_contact;

-- What is unread in a chat lies at its newest end, where message_of_chat leads as well.
drop index message_unread;

-- The open sessions are few, and session_open holds all of them: those that are due are looked for every 15 seconds,
-- while a deadline moves with each message. With it in no index, and room on the page, that touches no index at all.
drop index session_due;
alter table session set (fillfactor = 70);
alter table contact set (fillfactor = 80);

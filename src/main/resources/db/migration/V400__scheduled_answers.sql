-- A message for later may answer one of its chat.
alter table scheduled_message
    add column reply_to_message_id uuid,
    add check (chat_id is not null or reply_to_message_id is null);

-- The message that says once more what failed. A failed message has one at most.
alter table send_intent
    add column sent_again_as uuid,
    add check (sent_again_as is null or act = 'SEND');

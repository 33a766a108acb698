-- What is asked of a message that is there already (a reaction, another wording, deleting it for everyone) waits in the
-- same queue as what is to be sent: message_id is then the message it is about, and text the emoji or the new wording.
-- Of a message to send, text is what its echo is recognised by when nobody knows its id.
alter table send_intent
    add column act text not null default 'SEND' check (act in ('SEND', 'REACT', 'EDIT', 'REVOKE')),
    add column failure_code text,
    add column failure_detail text,
    add constraint send_intent_failure check ((failure_code is null) = (failure_detail is null));

-- A message that is written now and sent later: what it is (as in message), when, and what became of it.
create table scheduled_message (
    tenant_id                 uuid        not null,
    id                        uuid        not null,
    project_id                uuid        not null,
    -- Where it goes to: a chat, or a number that perhaps has none yet.
    chat_id                   uuid,
    channel_id                uuid        not null,
    phone                     text,
    type                      text        not null,
    text                      text,
    content                   jsonb,
    file_id                   uuid,
    author_user_id            uuid,
    author_name               text        not null,
    send_at                   timestamptz not null,
    -- The time to send, later when that failed.
    next_attempt_at           timestamptz not null,
    cancel_if_customer_writes boolean     not null,
    state                     text        not null check (state in ('PENDING', 'SENT', 'CANCELLED', 'MISSED', 'FAILED')),
    ended_at                  timestamptz,
    reason                    text,
    message_id                uuid,
    correlation_id            uuid        not null,
    traceparent               text,
    created_at                timestamptz not null,
    version                   bigint      not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, project_id) references project,
    foreign key (tenant_id, chat_id) references chat,
    foreign key (tenant_id, file_id) references media_file,
    check (num_nonnulls(chat_id, phone) = 1),
    check (chat_id is not null or not cancel_if_customer_writes),
    check ((state = 'PENDING') = (ended_at is null)),
    check ((state = 'SENT') = (message_id is not null)),
    check ((state in ('CANCELLED', 'FAILED')) = (reason is not null))
);
create index scheduled_message_due on scheduled_message (next_attempt_at) where state = 'PENDING';
create index scheduled_message_of_chat on scheduled_message (tenant_id, chat_id, send_at, id) where chat_id is not null;
create index scheduled_message_by_time on scheduled_message (tenant_id, send_at, id);
create index scheduled_message_waiting on scheduled_message (tenant_id, channel_id, chat_id) where state = 'PENDING';
create index scheduled_message_of_file on scheduled_message (tenant_id, file_id) where file_id is not null;
select protect_tenant_table('scheduled_message');
select open_to_system('scheduled_message', 'select');

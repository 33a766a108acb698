-- What is said. All that follows from facts that a channel reports is the same in whatever order they arrive.

-- What conversations must know of a channel; the channel itself is another module's.
create table channel_profile (
    tenant_id               uuid    not null,
    channel_id              uuid    not null,
    project_id              uuid    not null,
    name                    text    not null,
    session_timeout_minutes integer not null check (session_timeout_minutes > 0),
    region                  text    not null,
    primary key (tenant_id, channel_id),
    foreign key (tenant_id, project_id) references project
);
select protect_tenant_table('channel_profile');

-- All that is said with one person, or in one group, on one channel.
create table chat (
    tenant_id        uuid        not null,
    id               uuid        not null,
    project_id       uuid        not null,
    channel_id       uuid        not null,
    kind             text        not null check (kind in ('DIRECT', 'GROUP')),
    -- The chat id exactly as the channel gave it, of the newest message; null until a typed number was looked up.
    address          text,
    address_at       timestamptz,
    contact_id       uuid,
    title            text,
    title_at         timestamptz,
    read_at          timestamptz,
    -- Always the number of incoming messages sent after read_at.
    unread_count     integer     not null default 0 check (unread_count >= 0),
    last_message_id  uuid        not null,
    last_message_at  timestamptz not null,
    last_message_key text        not null collate "C",
    created_at       timestamptz not null,
    version          bigint      not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, project_id) references project,
    foreign key (tenant_id, contact_id) references contact,
    check ((kind = 'DIRECT') = (contact_id is not null)),
    check (kind = 'DIRECT' or address is not null)
);
create unique index chat_of_contact on chat (tenant_id, channel_id, contact_id) where kind = 'DIRECT';
create unique index chat_of_group on chat (tenant_id, channel_id, address) where kind = 'GROUP';
create index chat_by_contact on chat (tenant_id, contact_id);
create index chat_by_activity on chat (tenant_id, last_message_at desc, id desc);
create index chat_unread on chat (tenant_id, last_message_at desc, id desc) where unread_count > 0;
select protect_tenant_table('chat');

-- A stretch of a direct chat in which no silence was longer than the time-out.
create table session (
    tenant_id       uuid        not null,
    id              uuid        not null,
    chat_id         uuid        not null,
    status          text        not null check (status in ('OPEN', 'ENDED')),
    started_at      timestamptz not null,
    last_message_at timestamptz not null,
    deadline        timestamptz not null,
    message_count   integer     not null check (message_count > 0),
    ended_at        timestamptz,
    end_reason      text        check (end_reason in ('SILENCE', 'CLOSED')),
    version         bigint      not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, chat_id) references chat,
    check ((status = 'ENDED') = (ended_at is not null) and (ended_at is null) = (end_reason is null)),
    check (started_at <= last_message_at and last_message_at < deadline)
);
create unique index session_open on session (tenant_id, chat_id) where status = 'OPEN';
create index session_of_chat on session (tenant_id, chat_id, started_at);
create index session_due on session (deadline) where status = 'OPEN';
select protect_tenant_table('session');
select open_to_system('session', 'select');

create table message (
    tenant_id            uuid        not null,
    id                   uuid        not null,
    sent_at              timestamptz not null,
    chat_id              uuid        not null,
    channel_id           uuid        not null,
    session_id           uuid,
    external_id          text,
    direction            text        not null check (direction in ('INBOUND', 'OUTBOUND')),
    source               text        not null check (source in ('CUSTOMER', 'CRM', 'API', 'PHONE')),
    author_user_id       uuid,
    author_name          text,
    author_phone         text,
    author_lid           text,
    type                 text        not null,
    text                 text,
    -- The first wording, once it was edited.
    original_text        text,
    -- What a text alone cannot say: media, place, cards, poll, choice, mentions.
    content              jsonb,
    reply_to_external_id text,
    reply_text           text,
    forwarded            boolean     not null default false,
    ad                   jsonb,
    -- A placeholder for a message that is still to be decrypted.
    waiting              boolean     not null default false,
    status               text        not null check (status in ('RECEIVED', 'QUEUED', 'SENDING', 'SENT', 'DELIVERED',
                                                                'READ', 'PLAYED', 'FAILED', 'UNKNOWN')),
    failure_code         text,
    failure_detail       text,
    delivered_at         timestamptz,
    read_at              timestamptz,
    played_at            timestamptz,
    edited_at            timestamptz,
    revoked_at           timestamptz,
    revoked_by           text        check (revoked_by in ('CUSTOMER', 'US')),
    version              bigint      not null,
    primary key (tenant_id, id, sent_at),
    foreign key (tenant_id, chat_id) references chat,
    check ((direction = 'INBOUND') = (status = 'RECEIVED') and (direction = 'INBOUND') = (source = 'CUSTOMER')),
    check ((revoked_at is null) = (revoked_by is null))
) partition by range (sent_at);
create index message_of_chat on message (tenant_id, chat_id, sent_at desc, id desc);
create index message_of_session on message (tenant_id, session_id) where session_id is not null;
create index message_unread on message (tenant_id, chat_id, sent_at) where direction = 'INBOUND';
select protect_tenant_table('message');

create table message_default partition of message default;
select protect_tenant_table('message_default');

-- Makes the partition of a month; what lies in the default partition for it moves over.
create function create_message_partition(month date) returns void
    language plpgsql security definer set search_path = public as
$$
declare
    name text := 'message_' || to_char(month, 'YYYY_MM');
    from_time timestamptz := date_trunc('month', month::timestamp) at time zone 'UTC';
    to_time timestamptz := (date_trunc('month', month::timestamp) + interval '1 month') at time zone 'UTC';
begin
    perform pg_advisory_xact_lock(hashtextextended('create_message_partition', 0));
    if to_regclass(name) is not null then return; end if;
    execute format('create table %I (like message including defaults including constraints)', name);
    -- The owner is bound by row security as well, and sees nothing; for the move it must see all.
    alter table message_default no force row level security;
    execute format('with moved as (delete from message_default where sent_at >= %L and sent_at < %L returning *)
                    insert into %I select * from moved', from_time, to_time, name);
    alter table message_default force row level security;
    execute format('alter table message attach partition %I for values from (%L) to (%L)', name, from_time, to_time);
    perform protect_tenant_table(name::regclass);
end
$$;
revoke execute on function create_message_partition(date) from public;
grant execute on function create_message_partition(date) to crm_system;

-- All that is known of a message under the provider's id, also before the message itself is here: acknowledgements,
-- revocation, edit, read mark wait in this row. Its key is what makes a message unique.
create table message_ref (
    tenant_id      uuid     not null,
    channel_id     uuid     not null,
    external_id    text     not null check (length(external_id) between 1 and 200),
    message_id     uuid,
    sent_at        timestamptz,
    -- Highest acknowledgement: 0 pending, 1 server, 2 device, 3 read, 4 played; null for none.
    ack            smallint check (ack between 0 and 4),
    failed         boolean  not null default false,
    delivered_at   timestamptz,
    read_at        timestamptz,
    played_at      timestamptz,
    edited_at      timestamptz,
    edited_text    text,
    revoked_at     timestamptz,
    revoked_by     text     check (revoked_by in ('CUSTOMER', 'US')),
    read_elsewhere boolean  not null default false,
    primary key (tenant_id, channel_id, external_id),
    check ((message_id is null) = (sent_at is null)),
    check ((edited_at is null) = (edited_text is null)),
    check ((revoked_at is null) = (revoked_by is null))
);
select protect_tenant_table('message_ref');

-- Every wording a message was changed to; message_ref has the newest.
create table message_edit (
    tenant_id  uuid        not null,
    channel_id uuid        not null,
    target_id  text        not null,
    at         timestamptz not null,
    text       text        not null,
    digest     text        not null,
    primary key (tenant_id, channel_id, target_id, at, digest)
);
select protect_tenant_table('message_edit');

-- One person's reaction to a message; an empty one was taken back, and stays so that an older one cannot return.
create table message_reaction (
    tenant_id  uuid        not null,
    channel_id uuid        not null,
    target_id  text        not null,
    reactor    text        not null,
    emoji      text        not null collate "C",
    at         timestamptz not null,
    primary key (tenant_id, channel_id, target_id, reactor)
);
select protect_tenant_table('message_reaction');

-- One voter's present choice in a poll; empty when taken back.
create table message_vote (
    tenant_id  uuid        not null,
    channel_id uuid        not null,
    target_id  text        not null,
    voter      text        not null,
    options    text        not null collate "C",
    readable   boolean     not null,
    at         timestamptz not null,
    primary key (tenant_id, channel_id, target_id, voter)
);
select protect_tenant_table('message_vote');

-- What became of a call, one row for each thing that did.
create table call (
    tenant_id  uuid        not null,
    channel_id uuid        not null,
    call_id    text        not null,
    state      text        not null check (state in ('RECEIVED', 'ACCEPTED', 'REJECTED')),
    contact_id uuid,
    video      boolean     not null,
    at         timestamptz not null,
    primary key (tenant_id, channel_id, call_id, state),
    foreign key (tenant_id, contact_id) references contact
);
create index call_of_contact on call (tenant_id, contact_id);
select protect_tenant_table('call');

-- The wish to send a message, until its outcome is known.
create table send_intent (
    tenant_id       uuid        not null,
    id              uuid        not null,
    position        bigint      generated always as identity,
    message_id      uuid        not null,
    message_sent_at timestamptz not null,
    chat_id         uuid        not null,
    channel_id      uuid        not null,
    text            text        not null,
    state           text        not null check (state in ('QUEUED', 'SENDING', 'SENT', 'FAILED', 'UNKNOWN')),
    attempts        integer     not null default 0,
    not_before      timestamptz not null,
    claimed_at      timestamptz,
    external_id     text,
    primary key (tenant_id, id),
    foreign key (tenant_id, message_id, message_sent_at) references message,
    foreign key (tenant_id, chat_id) references chat,
    check (state <> 'SENDING' or claimed_at is not null)
);
-- One sender at a time on a channel, whatever the number of nodes.
create unique index send_intent_in_flight on send_intent (tenant_id, channel_id) where state = 'SENDING';
create index send_intent_queued on send_intent (tenant_id, channel_id, position) where state = 'QUEUED';
create index send_intent_due on send_intent (not_before) where state = 'QUEUED';
create index send_intent_unsettled on send_intent (tenant_id, chat_id) where state in ('SENDING', 'UNKNOWN');
create index send_intent_of_message on send_intent (tenant_id, message_id);
select protect_tenant_table('send_intent');
select open_to_system('send_intent', 'select');

do
$$
begin
    for i in 0..23 loop
        perform create_message_partition((date '2026-01-01' + make_interval(months => i))::date);
    end loop;
end
$$;

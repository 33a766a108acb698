-- A file of a tenant's, kept once under the hash of its bytes; the bytes lie in a folder.
create table media_file (
    tenant_id  uuid        not null,
    id         uuid        not null,
    sha256     text        not null check (sha256 ~ '^[0-9a-f]{64}$'),
    bytes      bigint      not null check (bytes > 0),
    mime_type  text        not null,
    created_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, sha256)
);
select protect_tenant_table('media_file');

-- The file of a message: to be fetched from the channel, here, or never to be had.
create table message_file (
    tenant_id       uuid        not null,
    message_id      uuid        not null,
    message_sent_at timestamptz not null,
    channel_id      uuid        not null,
    state           text        not null check (state in ('WAITING', 'STORED', 'FAILED')),
    -- Where the channel has it; data from outside.
    url             text,
    file_id         uuid,
    attempts        integer     not null default 0,
    not_before      timestamptz not null,
    failure_code    text,
    correlation_id  uuid        not null,
    causation_id    uuid        not null,
    traceparent     text,
    primary key (tenant_id, message_id),
    foreign key (tenant_id, message_id, message_sent_at) references message,
    foreign key (tenant_id, file_id) references media_file,
    check ((state = 'STORED') = (file_id is not null)),
    check ((state = 'FAILED') = (failure_code is not null)),
    check (state <> 'WAITING' or url is not null)
);
create index message_file_waiting on message_file (not_before) where state = 'WAITING';
create index message_file_of_file on message_file (tenant_id, file_id) where file_id is not null;
select protect_tenant_table('message_file');
select open_to_system('message_file', 'select');

-- What was read here and could not be shown to those who wrote it: one for each chat, which is tried again until it is given up.
create table read_mark (
    tenant_id  uuid        not null,
    chat_id    uuid        not null,
    channel_id uuid        not null,
    -- What came after this, or all, and until that was read.
    since      timestamptz,
    until      timestamptz not null,
    attempts   integer     not null default 0,
    not_before timestamptz not null,
    give_up_at timestamptz not null,
    primary key (tenant_id, chat_id)
);
create index read_mark_due on read_mark (not_before);
create index read_mark_of_channel on read_mark (tenant_id, channel_id);
select protect_tenant_table('read_mark');
select open_to_system('read_mark', 'select');

-- Labels that a channel has of its own (WhatsApp Business). What was told last counts, so that what was taken off or deleted stays.
create table channel_label (
    tenant_id  uuid        not null,
    id         uuid        not null,
    channel_id uuid        not null,
    name       text        not null check (length(name) <= 100),
    colour     text        check (colour ~ '^#[0-9a-f]{6}$'),
    deleted    boolean     not null,
    at         timestamptz not null,
    version    bigint      not null,
    primary key (tenant_id, id)
);
create index channel_label_of on channel_label (tenant_id, channel_id);
select protect_tenant_table('channel_label');

-- Who has one, under the name that was told: a number, a private id or a group. Neither the person nor the label need be known yet.
create table chat_label (
    tenant_id uuid        not null,
    label_id  uuid        not null,
    kind      text        not null check (kind in ('PHONE', 'LID', 'GROUP')),
    value     text        not null check (length(value) between 1 and 200),
    put       boolean     not null,
    at        timestamptz not null,
    primary key (tenant_id, label_id, kind, value)
);
create index chat_label_of on chat_label (tenant_id, kind, value);
select protect_tenant_table('chat_label');

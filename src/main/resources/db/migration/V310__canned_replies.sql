-- What is said again and again, for all of a project or for one member; in the text stand gaps like {{contact.firstName}}.
create table canned_reply (
    tenant_id     uuid        not null,
    id            uuid        not null,
    project_id    uuid        not null,
    -- Who alone has it; null for everybody.
    owner_user_id uuid,
    short_code    text        not null collate "C" check (short_code ~ '^[a-z0-9][a-z0-9_-]{0,39}$'),
    title         text        not null check (length(title) between 1 and 200),
    text          text        check (length(text) between 1 and 4096),
    uses          bigint      not null default 0 check (uses >= 0),
    last_used_at  timestamptz,
    created_at    timestamptz not null,
    version       bigint      not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, project_id) references project,
    check ((uses = 0) = (last_used_at is null))
);
create unique index canned_reply_of_all on canned_reply (tenant_id, project_id, short_code) where owner_user_id is null;
create unique index canned_reply_of_member on canned_reply (tenant_id, project_id, owner_user_id, short_code)
    where owner_user_id is not null;
create index canned_reply_by_code on canned_reply (tenant_id, project_id, short_code, id);
select protect_tenant_table('canned_reply');

create table canned_reply_file (
    tenant_id uuid     not null,
    reply_id  uuid     not null,
    position  smallint not null check (position >= 0),
    file_id   uuid     not null,
    type      text     not null check (type in ('IMAGE', 'VIDEO', 'VOICE', 'AUDIO', 'DOCUMENT')),
    file_name text,
    primary key (tenant_id, reply_id, position),
    foreign key (tenant_id, reply_id) references canned_reply on delete cascade,
    foreign key (tenant_id, file_id) references media_file
);
create index canned_reply_file_of_file on canned_reply_file (tenant_id, file_id);
select protect_tenant_table('canned_reply_file');

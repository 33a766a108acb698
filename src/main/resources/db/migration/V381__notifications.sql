-- What a member is told: that a note mentions them. What the note says is read from the note, which may have been changed since.
create table notification (
    tenant_id    uuid        not null,
    id           uuid        not null,
    user_id      uuid        not null,
    note_id      uuid        not null,
    -- The name of whoever wrote the mention, who need not be the note's author.
    mentioned_by text        not null,
    created_at   timestamptz not null,
    seen_at      timestamptz,
    primary key (tenant_id, id),
    unique (tenant_id, note_id, user_id),
    foreign key (tenant_id, user_id) references app_user,
    foreign key (tenant_id, note_id) references note
);
create index notification_of_user on notification (tenant_id, user_id, created_at desc, id desc);
create index notification_unseen on notification (tenant_id, user_id, created_at desc, id desc) where seen_at is null;
select protect_tenant_table('notification');

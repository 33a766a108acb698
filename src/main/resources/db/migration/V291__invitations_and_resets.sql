-- Letters that are due: of what kind and about what. What they say is written when they are sent.
create table letter (
    tenant_id       uuid        not null references tenant,
    kind            text        not null check (kind ~ '^[A-Z_]+$'),
    about_id        uuid        not null,
    language        text        not null check (language in ('PT', 'EN')),
    attempts        integer     not null,
    created_at      timestamptz not null,
    next_attempt_at timestamptz not null,
    primary key (tenant_id, kind, about_id)
);
create index letter_due on letter (next_attempt_at);
select protect_tenant_table('letter');
select open_to_system('letter', 'select, update');

-- Who may join the team. The row goes when they join or the invitation is withdrawn; the event log keeps what happened.
create table invitation (
    tenant_id  uuid        not null references tenant,
    id         uuid        not null,
    email      text        not null check (email = lower(email) and length(email) between 3 and 254),
    role       text        not null check (role in ('OWNER', 'ADMIN', 'SUPERVISOR', 'AGENT', 'VIEWER', 'CUSTOM')),
    role_id    uuid,
    invited_by uuid        not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    -- Of the link in the last letter; none before the first was written.
    hash       bytea       check (length(hash) = 32),
    mail       text        not null check (mail in ('WAITING', 'SENT', 'FAILED')),
    mail_error text,
    version    bigint      not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, role_id) references custom_role,
    check ((role = 'CUSTOM') = (role_id is not null)),
    check ((mail = 'FAILED') = (mail_error is not null))
);
create unique index invitation_of_email on invitation (tenant_id, email);
create unique index invitation_hash on invitation (hash) where hash is not null;
create index invitation_of_role on invitation (tenant_id, role_id) where role_id is not null;
select protect_tenant_table('invitation');
-- A link is all that somebody who was invited brings.
select open_to_system('invitation', 'select');

-- Who has asked for a new password; one row for each, which the last request makes anew and a new password removes.
create table password_reset (
    tenant_id    uuid        not null,
    user_id      uuid        not null,
    requested_at timestamptz not null,
    hash         bytea       check (length(hash) = 32),
    expires_at   timestamptz,
    primary key (tenant_id, user_id),
    foreign key (tenant_id, user_id) references app_user,
    check ((hash is null) = (expires_at is null))
);
create unique index password_reset_hash on password_reset (hash) where hash is not null;
select protect_tenant_table('password_reset');
select open_to_system('password_reset', 'select');

alter table sign_in
    drop constraint sign_in_end_reason_check,
    add constraint sign_in_end_reason_check check (end_reason in
        ('SIGNED_OUT', 'TOKEN_REUSED', 'REVOKED', 'PASSWORD_CHANGED', 'PASSWORD_RESET', 'DEACTIVATED'));

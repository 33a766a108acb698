-- A second proof beside the password: a code that a phone computes from a shared secret and the time.
create table second_factor (
    tenant_id    uuid        not null,
    user_id      uuid        not null,
    -- Sealed by the vault: whoever reads this table computes no codes.
    secret       bytea       not null,
    created_at   timestamptz not null,
    -- Asked for from then on.
    confirmed_at timestamptz,
    -- The time step of the last code that was taken; only later ones are.
    last_step    bigint,
    primary key (tenant_id, user_id),
    foreign key (tenant_id, user_id) references app_user,
    check (confirmed_at is null or last_step is not null)
);
select protect_tenant_table('second_factor');

-- For whoever has lost the phone; each opens once.
create table recovery_code (
    tenant_id uuid        not null,
    user_id   uuid        not null,
    hash      bytea       not null check (length(hash) = 32),
    used_at   timestamptz,
    primary key (tenant_id, user_id, hash),
    foreign key (tenant_id, user_id) references second_factor on delete cascade
);
select protect_tenant_table('recovery_code');

alter table sign_in
    drop constraint sign_in_end_reason_check,
    add constraint sign_in_end_reason_check check (end_reason in
        ('SIGNED_OUT', 'TOKEN_REUSED', 'REVOKED', 'PASSWORD_CHANGED', 'PASSWORD_RESET', 'FACTOR_RESET', 'DEACTIVATED'));

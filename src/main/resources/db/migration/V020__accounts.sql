-- The people of a tenant. An e-mail address names one person in the whole installation, so that sign-in needs no more.
create table app_user (
    tenant_id     uuid        not null references tenant,
    id            uuid        not null,
    email         text        not null check (email = lower(email) and length(email) between 3 and 254),
    name          text        not null check (length(name) between 1 and 200),
    password_hash text        not null,
    created_at    timestamptz not null,
    primary key (tenant_id, id)
);
create unique index app_user_email on app_user (email);
select protect_tenant_table('app_user');
select open_to_system('app_user', 'select, update');

create table membership (
    tenant_id  uuid        not null,
    user_id    uuid        not null,
    role       text        not null check (role in ('OWNER', 'ADMIN', 'SUPERVISOR', 'AGENT', 'VIEWER')),
    created_at timestamptz not null,
    primary key (tenant_id, user_id),
    foreign key (tenant_id, user_id) references app_user
);
select protect_tenant_table('membership');
select open_to_system('membership', 'select');

-- A browser in which somebody is signed in: all tokens that follow from one sign-in.
create table sign_in (
    tenant_id  uuid        not null,
    id         uuid        not null,
    user_id    uuid        not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at   timestamptz,
    end_reason text check (end_reason in ('SIGNED_OUT', 'TOKEN_REUSED')),
    primary key (tenant_id, id),
    foreign key (tenant_id, user_id) references app_user,
    check ((ended_at is null) = (end_reason is null))
);
create index sign_in_expiry on sign_in (expires_at);
select protect_tenant_table('sign_in');
select open_to_system('sign_in', 'select, insert, update, delete');

-- Only hashes are kept: who reads this table can act as nobody.
create table sign_in_token (
    tenant_id  uuid        not null,
    hash       bytea       not null check (length(hash) = 32),
    sign_in_id uuid        not null,
    kind       text        not null check (kind in ('ACCESS', 'REFRESH')),
    expires_at timestamptz not null,
    used_at    timestamptz,
    primary key (tenant_id, hash),
    foreign key (tenant_id, sign_in_id) references sign_in on delete cascade
);
create unique index sign_in_token_hash on sign_in_token (hash);
create index sign_in_token_of on sign_in_token (tenant_id, sign_in_id);
create index sign_in_token_expiry on sign_in_token (expires_at);
select protect_tenant_table('sign_in_token');
select open_to_system('sign_in_token', 'select, insert, update, delete');

create table api_key (
    tenant_id    uuid        not null references tenant,
    id           uuid        not null,
    name         text        not null check (length(name) between 1 and 200),
    prefix       text        not null,
    hash         bytea       not null check (length(hash) = 32),
    scopes       text[]      not null check (cardinality(scopes) > 0),
    created_by   uuid        not null,
    created_at   timestamptz not null,
    expires_at   timestamptz,
    revoked_at   timestamptz,
    last_used_at timestamptz,
    primary key (tenant_id, id)
);
create unique index api_key_hash on api_key (hash);
select protect_tenant_table('api_key');
select open_to_system('api_key', 'select, update');

-- What a creating request was answered, so that its repetition is answered the same and creates nothing.
create table idempotency_key (
    tenant_id    uuid        not null,
    principal_id uuid        not null,
    route        text        not null,
    key          text        not null check (length(key) between 1 and 200),
    fingerprint  bytea       not null check (length(fingerprint) = 32),
    created_at   timestamptz not null,
    status       integer,
    headers      jsonb,
    body         bytea,
    primary key (tenant_id, principal_id, route, key)
);
create index idempotency_key_age on idempotency_key (created_at);
select protect_tenant_table('idempotency_key');
select open_to_system('idempotency_key', 'select, delete');

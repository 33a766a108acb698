-- Where Meta wants to hear what its advertisements led to; for each project, and only if somebody says so.
create table conversion_settings (
    tenant_id           uuid        not null,
    project_id          uuid        not null,
    enabled             boolean     not null,
    -- Since when; what happened before is not told.
    enabled_at          timestamptz,
    dataset_id          text    check (dataset_id ~ '^\d{5,25}$'),
    business_account_id text    check (business_account_id ~ '^\d{5,25}$'),
    -- Sealed (vault.Secrets).
    access_token        bytea,
    version             bigint      not null,
    primary key (tenant_id, project_id),
    foreign key (tenant_id, project_id) references project,
    check (enabled = (enabled_at is not null)),
    check (not enabled or dataset_id is not null and business_account_id is not null and access_token is not null)
);
select protect_tenant_table('conversion_settings');
select open_to_system('conversion_settings', 'select');

-- What an advertisement led to, once for each deal and session, until Meta has heard of it.
create table tracking_conversion (
    tenant_id       uuid        not null,
    -- Of the deal or session, so that it is the same however often it is told; Meta hears it as event_id.
    id              uuid        not null,
    project_id      uuid        not null,
    contact_id      uuid        not null,
    whole_id        uuid        not null,
    subject         text        not null check (subject in ('DEAL', 'SESSION')),
    subject_id      uuid        not null,
    click_id        text        not null check (length(click_id) between 1 and 1000),
    at              timestamptz not null,
    -- In the currency's smallest parts.
    amount          bigint      check (amount between 0 and 1000000000000000),
    currency        text        check (currency ~ '^[A-Z]{3}$'),
    state           text        not null check (state in ('PENDING', 'SENT', 'FAILED')),
    attempts        integer     not null default 0,
    next_attempt_at timestamptz not null,
    last_error      text        check (length(last_error) between 1 and 500),
    sent_at         timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, project_id) references project,
    foreign key (tenant_id, contact_id, whole_id) references contact (tenant_id, id, whole_id) on update cascade,
    check ((amount is null) = (currency is null)),
    check ((state = 'SENT') = (sent_at is not null)),
    check (state <> 'FAILED' or last_error is not null)
);
create index tracking_conversion_of on tracking_conversion (tenant_id, whole_id);
create index tracking_conversion_by_time on tracking_conversion (tenant_id, at desc, id desc);
create index tracking_conversion_due on tracking_conversion (next_attempt_at) where state = 'PENDING';
select protect_tenant_table('tracking_conversion');
select open_to_system('tracking_conversion', 'select, update');

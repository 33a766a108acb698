-- What each company has agreed upon with whoever runs the installation, and how much it may have of what.

create table billing_account (
    tenant_id        uuid        not null references tenant,
    id               uuid        not null,
    status           text        not null check (status in ('PENDING', 'ACTIVE', 'SUSPENDED', 'CANCELLED')),
    status_since     timestamptz not null,
    status_reason    text        check (length(status_reason) between 1 and 500),
    -- The plan as it was when the account was put on it: what changes in the settings later changes nothing here.
    plan_code        text        not null check (plan_code ~ '^[a-z0-9][a-z0-9_-]{0,39}$'),
    plan_name        text        not null check (length(plan_name) between 1 and 100),
    -- A month, in the currency's smallest parts.
    price            bigint      not null check (price between 0 and 1000000000000),
    currency         text        not null check (currency ~ '^[A-Z]{3}$'),
    plan_since       timestamptz not null,
    -- As many as there may be; null: as many as one likes. Messages are those of a month.
    agents_allowed   bigint      check (agents_allowed >= 0),
    channels_allowed bigint      check (channels_allowed >= 0),
    contacts_allowed bigint      check (contacts_allowed >= 0),
    messages_allowed bigint      check (messages_allowed >= 0),
    opened_at        timestamptz not null,
    version          bigint      not null,
    primary key (tenant_id)
);
create unique index billing_account_id on billing_account (id);
create index billing_account_by_age on billing_account (opened_at desc, id desc);
select protect_tenant_table('billing_account');
-- Whoever runs the installation looks at all of them.
select open_to_system('billing_account', 'select');

-- Which state may follow which, as the aggregate has it.
create function guard_billing_account() returns trigger
    language plpgsql as
$$
begin
    if new.status <> old.status and (old.status, new.status) not in (
            ('PENDING', 'ACTIVE'), ('PENDING', 'CANCELLED'), ('ACTIVE', 'SUSPENDED'), ('ACTIVE', 'CANCELLED'),
            ('SUSPENDED', 'ACTIVE'), ('SUSPENDED', 'CANCELLED')) then
        raise exception 'an account that is % cannot become %', old.status, new.status using errcode = 'check_violation';
    end if;
    return new;
end
$$;
create trigger billing_account_guarded before update of status on billing_account
    for each row execute function guard_billing_account();

-- To whom invoices go.
create table billing_customer (
    tenant_id uuid   not null references tenant,
    name      text   not null check (length(name) between 1 and 200),
    -- Without its points and dashes; in Brazil a CPF or a CNPJ, which has letters as well since 2026.
    tax_id    text   check (length(tax_id) between 1 and 40),
    email     text   not null check (length(email) between 3 and 254),
    address   text   check (length(address) between 1 and 500),
    country   text   not null check (country ~ '^[A-Z]{2}$'),
    version   bigint not null,
    primary key (tenant_id),
    check (country <> 'BR' or tax_id ~ '^(\d{11}|[0-9A-Z]{12}\d{2})$')
);
select protect_tenant_table('billing_customer');

-- Messages written in a month, counted in the transaction of each; only where the plan says how many there may be.
create table billing_month (
    tenant_id uuid   not null,
    month     date   not null check (extract(day from month) = 1),
    sent      bigint not null check (sent >= 0),
    primary key (tenant_id, month),
    foreign key (tenant_id) references billing_account on delete cascade
);
select protect_tenant_table('billing_month');

-- Companies that are here already go on without limits. The owner is bound by row security and sees nothing; to read it must see all.
alter table tenant no force row level security;
alter table billing_account no force row level security;
insert into billing_account (tenant_id, id, status, status_since, plan_code, plan_name, price, currency, plan_since, opened_at, version)
select tenant_id, gen_random_uuid(), 'ACTIVE', now(), 'unlimited', 'Unlimited', 0, 'BRL', now(), now(), 1 from tenant;
alter table billing_account force row level security;
alter table tenant force row level security;

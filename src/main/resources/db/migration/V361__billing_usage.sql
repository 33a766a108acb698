-- What companies use, counted from events and rebuilt as generations (decision 15), and what they are to pay for it.

-- What was counted: an event that comes again, or in a rebuild and live, counts once.
create table billing_counted (
    tenant_id  uuid    not null,
    generation integer not null default 0,
    -- Of the message, contact, channel or agent.
    id         uuid    not null,
    primary key (tenant_id, generation, id)
);
select protect_tenant_table('billing_counted');

-- How many in a month of UTC.
create table billing_usage (
    tenant_id  uuid    not null,
    generation integer not null default 0,
    month      date    not null check (extract(day from month) = 1),
    what       text    not null check (what in ('MESSAGES_SENT', 'MESSAGES_RECEIVED', 'CONTACTS_ADDED', 'CHANNELS_ADDED', 'AGENTS_ADDED')),
    used       bigint  not null check (used > 0),
    primary key (tenant_id, generation, month, what)
);
select protect_tenant_table('billing_usage');

alter table billing_account
    -- The first month that there is no invoice for.
    add column invoice_from date not null default date_trunc('month', now() at time zone 'UTC')::date check (extract(day from invoice_from) = 1),
    -- The first month that there will be none for, since the company is not active; null while it is.
    add column invoice_until date check (extract(day from invoice_until) = 1);
alter table billing_account alter column invoice_from drop default;
alter table billing_account no force row level security;
update billing_account set invoice_until = case when status = 'PENDING' then invoice_from else (invoice_from + interval '1 month')::date end
 where status <> 'ACTIVE';
alter table billing_account force row level security;
alter table billing_account add check ((status = 'ACTIVE') = (invoice_until is null));
-- What is due is looked for every minute.
create index billing_account_due on billing_account (invoice_from) where price > 0;

create table billing_invoice (
    tenant_id         uuid        not null,
    id                uuid        not null,
    -- From 1 for each company, without a gap.
    number            bigint      not null check (number > 0),
    month             date        not null check (extract(day from month) = 1),
    status            text        not null check (status in ('OPEN', 'PAID', 'VOID')),
    plan_code         text        not null,
    plan_name         text        not null,
    price             bigint      not null check (price > 0),
    currency          text        not null check (currency ~ '^[A-Z]{3}$'),
    -- What was used in the month, which the price includes.
    messages_sent     bigint      not null check (messages_sent >= 0),
    messages_received bigint      not null check (messages_received >= 0),
    contacts_added    bigint      not null check (contacts_added >= 0),
    channels_added    bigint      not null check (channels_added >= 0),
    agents_added      bigint      not null check (agents_added >= 0),
    -- To whom, as it was then.
    customer_name     text,
    customer_tax_id   text,
    customer_email    text,
    customer_address  text,
    customer_country  text,
    issued_at         timestamptz not null,
    settled_at        timestamptz,
    -- How it was paid.
    paid_by           text        check (paid_by in ('BY_HAND')),
    note              text        check (length(note) between 1 and 500),
    version           bigint      not null,
    primary key (tenant_id, id),
    unique (tenant_id, number),
    unique (tenant_id, month),
    foreign key (tenant_id) references billing_account,
    check ((status = 'OPEN') = (settled_at is null)),
    check ((status = 'OPEN') = (note is null)),
    check ((status = 'PAID') = (paid_by is not null)),
    check ((customer_name is null) = (customer_email is null) and (customer_name is null) = (customer_country is null)),
    check (customer_name is not null or coalesce(customer_tax_id, customer_address) is null)
);
create unique index billing_invoice_id on billing_invoice (id);
select protect_tenant_table('billing_invoice');
-- Whoever runs the installation names an invoice; whose it is is looked up.
select open_to_system('billing_invoice', 'select');

-- An invoice stays as it was written, and is settled once.
create function guard_billing_invoice() returns trigger
    language plpgsql as
$$
begin
    if (new.number, new.month, new.plan_code, new.plan_name, new.price, new.currency, new.issued_at)
            is distinct from (old.number, old.month, old.plan_code, old.plan_name, old.price, old.currency, old.issued_at)
            or new.status <> old.status and old.status <> 'OPEN' then
        raise exception 'an invoice is not written anew' using errcode = 'check_violation';
    end if;
    return new;
end
$$;
create trigger billing_invoice_guarded before update on billing_invoice for each row execute function guard_billing_invoice();

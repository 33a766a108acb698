-- Row security. crm_app sees the rows of the tenant bound to its transaction, and nothing without one.
-- Both roles exist before the first migration runs (the program makes them, or an administrator).

grant usage on schema public to crm_app, crm_system;

create extension if not exists pg_trgm;

create function current_tenant() returns uuid
    language sql stable parallel safe
    return nullif(current_setting('crm.tenant_id', true), '')::uuid;

-- Every table with a tenant_id goes through this: row security on and forced, and the tenant's own rows for crm_app.
create function protect_tenant_table(name regclass) returns void
    language plpgsql as
$$
begin
    execute format('alter table %s enable row level security', name);
    execute format('alter table %s force row level security', name);
    execute format('create policy tenant_isolation on %s to crm_app
                    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', name);
    execute format('grant select, insert, update, delete on %s to crm_app', name);
end
$$;

-- What the relay, the sweepers and the doors need across tenants, named table by table.
create function open_to_system(name regclass, privileges text) returns void
    language plpgsql as
$$
begin
    execute format('create policy system_access on %s to crm_system using (true) with check (true)', name);
    execute format('grant %s on %s to crm_system', privileges, name);
end
$$;

revoke execute on function protect_tenant_table(regclass), open_to_system(regclass, text) from public;

create table tenant (
    tenant_id  uuid        not null,
    name       text        not null check (length(name) between 1 and 200),
    created_at timestamptz not null,
    primary key (tenant_id)
);
select protect_tenant_table('tenant');
select open_to_system('tenant', 'select, insert');

create table project (
    tenant_id               uuid        not null references tenant,
    id                      uuid        not null,
    name                    text        not null check (length(name) between 1 and 200),
    country                 text        not null default 'BR' check (country ~ '^[A-Z]{2}$'),
    time_zone               text        not null default 'America/Sao_Paulo',
    session_timeout_minutes integer     not null default 30 check (session_timeout_minutes between 1 and 43200),
    created_at              timestamptz not null,
    version                 bigint      not null default 0,
    primary key (tenant_id, id)
);
select protect_tenant_table('project');
select open_to_system('project', 'select, insert');

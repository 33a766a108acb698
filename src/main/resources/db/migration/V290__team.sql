-- Roles that a company puts together itself, members who come and go, and browsers by which people know their sign-ins.

create table custom_role (
    tenant_id   uuid        not null references tenant,
    id          uuid        not null,
    name        text        not null check (length(name) between 1 and 200),
    permissions text[]      not null check (cardinality(permissions) > 0),
    created_at  timestamptz not null,
    version     bigint      not null,
    primary key (tenant_id, id)
);
create unique index custom_role_name on custom_role (tenant_id, lower(name));
select protect_tenant_table('custom_role');
-- A token is recognised before it is known whose it is.
select open_to_system('custom_role', 'select');

alter table membership
    add column role_id        uuid,
    add column deactivated_at timestamptz,
    add column version        bigint not null default 0,
    drop constraint membership_role_check,
    add constraint membership_role_check
        check (role in ('OWNER', 'ADMIN', 'SUPERVISOR', 'AGENT', 'VIEWER', 'CUSTOM')),
    add constraint membership_custom_role check ((role = 'CUSTOM') = (role_id is not null)),
    add foreign key (tenant_id, role_id) references custom_role;
create index membership_of_role on membership (tenant_id, role_id) where role_id is not null;
create index membership_owners on membership (tenant_id) where role = 'OWNER' and deactivated_at is null;

-- The program locks the owners and looks first; this stands behind it.
create function keep_an_owner() returns trigger
    language plpgsql as
$$
begin
    if old.role = 'OWNER' and old.deactivated_at is null
       and not exists (select from membership
                        where tenant_id = old.tenant_id and role = 'OWNER' and deactivated_at is null) then
        raise exception 'a company keeps an owner' using errcode = 'check_violation';
    end if;
    return null;
end
$$;
create trigger membership_keeps_an_owner after update or delete on membership
    for each row execute function keep_an_owner();

alter table sign_in
    add column last_used_at timestamptz,
    add column address      text check (length(address) <= 100),
    add column device       text check (length(device) <= 300),
    drop constraint sign_in_end_reason_check,
    add constraint sign_in_end_reason_check
        check (end_reason in ('SIGNED_OUT', 'TOKEN_REUSED', 'REVOKED', 'PASSWORD_CHANGED', 'DEACTIVATED'));
create index sign_in_of_user on sign_in (tenant_id, user_id, id) where ended_at is null;

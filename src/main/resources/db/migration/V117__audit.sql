-- Who did what. Rows are only ever added; each holds the hash of the one before it in its tenant.
create table audit_entry (
    tenant_id      uuid        not null,
    position       bigint      not null check (position > 0),
    event_id       uuid        not null,
    type           text        not null,
    version        integer     not null,
    aggregate_type text        not null,
    aggregate_id   uuid        not null,
    occurred_at    timestamptz not null,
    recorded_at    timestamptz not null,
    actor_kind     text        not null,
    actor_id       text        not null,
    correlation_id uuid        not null,
    -- Text and not jsonb: its bytes are hashed.
    data           text        not null check (data::json is not null),
    previous_hash  bytea       not null check (octet_length(previous_hash) = 32),
    hash           bytea       not null check (octet_length(hash) = 32),
    primary key (tenant_id, position),
    constraint audit_entry_event unique (tenant_id, event_id)
);
create index audit_entry_actor on audit_entry (tenant_id, actor_id, position);
create index audit_entry_type on audit_entry (tenant_id, type, position);
create index audit_entry_aggregate on audit_entry (tenant_id, aggregate_id, position);
create index audit_entry_time on audit_entry (tenant_id, recorded_at);
select protect_tenant_table('audit_entry');
revoke update, delete on audit_entry from crm_app;

-- The owner, who has every privilege, would have to take this away first, and the chain would still show it.
create function refuse_audit_change() returns trigger
    language plpgsql as
$$
begin
    raise exception 'audit entries are only ever added' using errcode = 'insufficient_privilege';
end
$$;
create trigger audit_entry_is_append_only before update or delete or truncate on audit_entry
    for each statement execute function refuse_audit_change();

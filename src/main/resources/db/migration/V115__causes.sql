-- The outside cause of an event (a delivery, a request, a workflow, the program itself) rides on the events that it led
-- to directly, whose causation_id is its id: no row and no index of its own for each message, and it is kept for as
-- long as its effects are.
alter table domain_event_logs
    add column outside_kind text check (outside_kind in ('DELIVERY', 'REQUEST', 'WORKFLOW', 'PROGRAM')),
    add column outside_at timestamptz,
    add column outside_name text,
    add constraint domain_event_logs_outside check (
        (outside_kind is null) = (outside_at is null) and (outside_kind is null) = (outside_name is null));

-- A send belongs to the request that wrote the message, however much later it happens. Sends from before this
-- migration are a cause of their own.
alter table send_intent
    add column correlation_id uuid not null default gen_random_uuid(),
    add column causation_id uuid,
    add column traceparent text,
    add column queued_at timestamptz not null default now(),
    add column settled_at timestamptz;
alter table send_intent alter column correlation_id drop default, alter column queued_at drop default;
create index send_intent_correlation on send_intent (tenant_id, correlation_id);

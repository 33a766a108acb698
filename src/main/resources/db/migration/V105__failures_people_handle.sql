-- Failures that people browse by cause, mend, repeat or discard.
alter table failures
    -- the reason without what differs from case to case, so that many cases are one group
    add column cause         text   not null default '',
    add column version       bigint not null default 0,
    -- what was delivered, where somebody has mended it since
    add column original_body bytea,
    -- why somebody discarded it
    add column note          text,
    drop constraint failures_state_check,
    add constraint failures_state check (state in ('open', 'retried', 'resolved', 'discarded')),
    add constraint failures_note check ((state = 'discarded') = (note is not null));
update failures set cause = left(regexp_replace(split_part(reason, E'\n', 1), '[0-9]+', '#', 'g'), 200);

-- A tenant's operators see their own. What belongs to nobody is seen by crm_system alone.
select protect_tenant_table('failures');
select open_to_system('failures', 'select, insert, update, delete');
create index failures_of_tenant on failures (tenant_id, last_at desc, id desc);
create index failures_open on failures (source, id) where state = 'open';


-- A conversion may be told before the touch of the advertisement that led to it, while the queue of touches stands still for
-- instance: it waits for one as long as Meta would take it.
alter table tracking_conversion
    alter column click_id drop not null,
    drop constraint tracking_conversion_state_check,
    add constraint tracking_conversion_state_check check (state in ('WAITING', 'PENDING', 'SENT', 'FAILED')),
    add constraint tracking_conversion_clicked check ((state = 'WAITING') = (click_id is null));
grant delete on tracking_conversion to crm_system;

drop index tracking_conversion_by_time;
create index tracking_conversion_by_time on tracking_conversion (tenant_id, at desc, id desc) where state <> 'WAITING';
create index tracking_conversion_in_vain on tracking_conversion (next_attempt_at) where state = 'WAITING';

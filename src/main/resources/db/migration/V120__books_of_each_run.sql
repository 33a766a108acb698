-- Acceptances are booked a second later, so a killed program leaves its last ones unbooked. With books for each run of a
-- program, what was applied of that run makes up for it, and it cannot hide what another run lost.
alter table delivery_count add column run uuid not null default '00000000-0000-0000-0000-000000000000';
alter table delivery_count alter column run drop default;
alter table delivery_count drop constraint delivery_count_pkey, add primary key (tenant_id, channel_id, day, run);

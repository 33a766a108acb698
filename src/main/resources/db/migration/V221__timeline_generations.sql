-- The timeline can be rebuilt beside itself: each generation holds all entries of a tenant.
alter table timeline_entry add column generation integer not null default 0;
alter table timeline_entry drop constraint timeline_entry_pkey;
alter table timeline_entry add primary key (tenant_id, generation, id);
drop index timeline_entry_of;
create index timeline_entry_of on timeline_entry (tenant_id, contact_id, generation, at desc, id desc);

-- What an administrator decides about a channel; what there is goes on as before.
alter table channel
    add column groups              boolean not null default true,
    add column status_posts        boolean not null default false,
    add column default_pipeline_id uuid,
    add column read_receipts       boolean not null default true,
    add constraint channel_default_pipeline foreign key (tenant_id, default_pipeline_id) references pipeline (tenant_id, id);

-- Deliveries that were applied by leaving them out, since the channel takes in no groups.
alter table delivery_count add column left_out bigint not null default 0;

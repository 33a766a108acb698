-- A contact in a pipeline: the card on the board. At most one of a contact in a pipeline at a time; those that left stay.
create table deal (
    tenant_id      uuid        not null,
    id             uuid        not null,
    pipeline_id    uuid        not null,
    contact_id     uuid        not null,
    status_id      uuid        not null,
    -- Where it stands in its column (pipelines.Rank): between any two there is room for one more.
    rank           text        not null collate "C" check (length(rank) between 2 and 200),
    -- In the currency's smallest parts.
    amount         bigint      check (amount between 0 and 1000000000000000),
    currency       text        check (currency ~ '^[A-Z]{3}$'),
    loss_reason_id uuid,
    entered_at     timestamptz not null,
    status_since   timestamptz not null,
    left_at        timestamptz,
    left_because   text        check (left_because in ('LEFT', 'CONTACT_DELETED', 'MERGED')),
    version        bigint      not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, pipeline_id, status_id) references pipeline_status (tenant_id, pipeline_id, id),
    foreign key (tenant_id, pipeline_id, loss_reason_id) references pipeline_loss_reason (tenant_id, pipeline_id, id),
    foreign key (tenant_id, contact_id) references contact,
    check ((amount is null) = (currency is null)),
    check ((left_at is null) = (left_because is null)),
    check (status_since >= entered_at and left_at >= status_since)
);
create unique index deal_of_contact on deal (tenant_id, pipeline_id, contact_id) where left_at is null;
create unique index deal_rank on deal (tenant_id, status_id, rank) where left_at is null;
create index deal_by_contact on deal (tenant_id, contact_id);
select protect_tenant_table('deal');

-- How long a deal was in each status; the last stay is open while the deal is in the pipeline.
create table deal_stay (
    tenant_id uuid        not null,
    deal_id   uuid        not null,
    -- The deal's when the stay began.
    version   bigint      not null,
    status_id uuid        not null,
    since     timestamptz not null,
    until     timestamptz check (until >= since),
    primary key (tenant_id, deal_id, version),
    foreign key (tenant_id, deal_id) references deal,
    foreign key (tenant_id, status_id) references pipeline_status
);
create unique index deal_stay_open on deal_stay (tenant_id, deal_id) where until is null;
select protect_tenant_table('deal_stay');

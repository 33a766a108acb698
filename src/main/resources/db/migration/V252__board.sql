-- The board: each pipeline's cards, and what stands in each column, kept by events and rebuilt as generations.
create table board_card (
    tenant_id      uuid        not null,
    generation     integer     not null default 0,
    deal_id        uuid        not null,
    pipeline_id    uuid        not null,
    status_id      uuid        not null,
    contact_id     uuid        not null,
    rank           text        not null collate "C",
    amount         bigint,
    currency       text,
    loss_reason_id uuid,
    entered_at     timestamptz not null,
    status_since   timestamptz not null,
    -- Of the deal that the newest event told of: an older one that comes later changes nothing.
    version        bigint      not null,
    -- Kept when the contact has left, so that an event that comes late does not bring it back.
    gone           boolean     not null,
    primary key (tenant_id, generation, deal_id),
    check ((amount is null) = (currency is null))
);
create index board_card_of on board_card (tenant_id, status_id, generation, rank, deal_id) where not gone;
select protect_tenant_table('board_card');

create table board_column (
    tenant_id  uuid    not null,
    generation integer not null default 0,
    status_id  uuid    not null,
    -- Empty for cards that nobody knows the value of.
    currency   text    not null,
    cards      bigint  not null check (cards >= 0),
    amount     numeric not null check (amount >= 0),
    primary key (tenant_id, generation, status_id, currency)
);
select protect_tenant_table('board_column');

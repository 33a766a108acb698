-- What was spent, as it was handed in. A word that was not said is empty, so that a row handed in again is the same row.
create table tracking_cost (
    tenant_id  uuid   not null,
    project_id uuid   not null,
    day        date   not null,
    source     text   not null check (length(source) <= 100),
    medium     text   not null check (length(medium) <= 100),
    campaign   text   not null check (length(campaign) <= 100),
    ad_id      text   not null check (length(ad_id) <= 200),
    currency   text   not null check (currency ~ '^[A-Z]{3}$'),
    -- In the currency's smallest parts.
    amount     bigint not null check (amount between 0 and 1000000000000000),
    primary key (tenant_id, project_id, day, source, medium, campaign, ad_id, currency),
    foreign key (tenant_id, project_id) references project,
    check (source <> '' or campaign <> '' or ad_id <> '')
);
select protect_tenant_table('tracking_cost');

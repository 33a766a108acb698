-- Where contacts came from.

-- A short address that leads to a chat with one of our numbers, with a text that says by which link somebody came.
create table tracking_link (
    tenant_id    uuid        not null,
    id           uuid        not null,
    project_id   uuid        not null,
    -- Of the address and of what is hidden in the text. Random and unique across tenants: whoever opens an address names none.
    code         bigint      not null check (code >= 0 and code < 1::bigint << 40),
    name         text        not null check (length(name) between 1 and 200),
    channel_id   uuid        not null,
    text         text        not null check (length(text) between 1 and 500),
    utm_source   text        not null check (length(utm_source) between 1 and 100),
    utm_medium   text        check (length(utm_medium) between 1 and 100),
    utm_campaign text        check (length(utm_campaign) between 1 and 100),
    utm_term     text        check (length(utm_term) between 1 and 100),
    utm_content  text        check (length(utm_content) between 1 and 100),
    archived_at  timestamptz,
    created_at   timestamptz not null,
    version      bigint      not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, project_id) references project,
    foreign key (tenant_id, channel_id) references channel
);
create unique index tracking_link_code on tracking_link (code);
create index tracking_link_by_age on tracking_link (tenant_id, created_at desc, id desc);
select protect_tenant_table('tracking_link');
-- An address is opened before it is known whose it is.
select open_to_system('tracking_link', 'select');

-- How often a link was opened, by days of the project's time zone; nothing of who did.
create table tracking_click (
    tenant_id uuid   not null,
    link_id   uuid   not null,
    day       date   not null,
    clicks    bigint not null check (clicks > 0),
    primary key (tenant_id, link_id, day),
    foreign key (tenant_id, link_id) references tracking_link on delete cascade
);
select protect_tenant_table('tracking_click');

-- A contact came by a link or an advertisement, as a message of theirs tells.
create table tracking_touch (
    tenant_id  uuid        not null,
    id         uuid        not null,
    project_id uuid        not null,
    contact_id uuid        not null,
    whole_id   uuid        not null,
    message_id uuid        not null,
    channel_id uuid        not null,
    -- When the message was sent, by the provider's clock.
    at         timestamptz not null,
    kind       text        not null check (kind in ('LINK', 'AD')),
    link_id    uuid,
    -- Of an advertisement (true) or an unpaid post.
    paid       boolean,
    ad_id      text        check (length(ad_id) between 1 and 200),
    ad_title   text        check (length(ad_title) between 1 and 500),
    ad_url     text        check (length(ad_url) between 1 and 2000),
    app        text        check (length(app) between 1 and 100),
    -- Meta's ctwa_clid.
    click_id   text        check (length(click_id) between 1 and 1000),
    primary key (tenant_id, id),
    foreign key (tenant_id, project_id) references project,
    foreign key (tenant_id, contact_id, whole_id) references contact (tenant_id, id, whole_id) on update cascade,
    foreign key (tenant_id, link_id) references tracking_link,
    check ((kind = 'LINK') = (link_id is not null)),
    check ((kind = 'AD') = (paid is not null)),
    check (kind = 'AD' or coalesce(ad_id, ad_title, ad_url, app, click_id) is null)
);
create index tracking_touch_of on tracking_touch (tenant_id, whole_id, at, id);
create index tracking_touch_by_time on tracking_touch (tenant_id, project_id, at);
create index tracking_touch_of_link on tracking_touch (tenant_id, link_id) where link_id is not null;
select protect_tenant_table('tracking_touch');

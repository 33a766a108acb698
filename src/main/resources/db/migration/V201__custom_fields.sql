-- What a project wants to know of its contacts beyond what everybody has.
create table custom_field (
    tenant_id   uuid        not null,
    id          uuid        not null,
    project_id  uuid        not null,
    key         text        not null collate "C" check (key ~ '^[a-z][a-z0-9_]{0,39}$'),
    label       text        not null check (length(label) between 1 and 100),
    type        text        not null check (type in ('TEXT', 'NUMBER', 'MONEY', 'BOOLEAN', 'DATE', 'DATE_TIME', 'SELECT',
                                                     'MULTI_SELECT', 'URL', 'EMAIL', 'PHONE', 'JSON')),
    options     text[]      not null default '{}',
    currency    text        check (currency ~ '^[A-Z]{3}$'),
    required    boolean     not null default false,
    archived_at timestamptz,
    created_at  timestamptz not null,
    version     bigint      not null,
    primary key (tenant_id, id),
    unique (tenant_id, project_id, key),
    foreign key (tenant_id, project_id) references project,
    check ((type in ('SELECT', 'MULTI_SELECT')) = (cardinality(options) > 0)),
    check ((type = 'MONEY') = (currency is not null))
);
select protect_tenant_table('custom_field');

-- One row for each value, and for each choice of several. Row security lets an index be used only with operators that
-- are leakproof, which those of jsonb, arrays and numeric are not and those of text, bigint, timestamptz and boolean
-- are: so values stand in columns of these types. A number is in millionths, a date is ISO text.
create table custom_field_value (
    tenant_id  uuid     not null,
    contact_id uuid     not null,
    field_id   uuid     not null,
    position   smallint not null check (position >= 0),
    words      text     collate "C" check (length(words) between 1 and 500),
    amount     bigint,
    moment     timestamptz,
    truth      boolean,
    document   jsonb,
    primary key (tenant_id, contact_id, field_id, position),
    foreign key (tenant_id, contact_id) references contact,
    foreign key (tenant_id, field_id) references custom_field,
    check (num_nonnulls(words, amount, moment, truth, document) = 1)
);
create index custom_field_value_words on custom_field_value (tenant_id, field_id, words, contact_id) where words is not null;
create index custom_field_value_amount on custom_field_value (tenant_id, field_id, amount, contact_id) where amount is not null;
create index custom_field_value_moment on custom_field_value (tenant_id, field_id, moment, contact_id) where moment is not null;
create index custom_field_value_truth on custom_field_value (tenant_id, field_id, truth, contact_id) where truth is not null;
-- How frequent a value is depends on the field; without this the planner takes them for independent.
create statistics custom_field_value_words_of (mcv) on field_id, words from custom_field_value;
create statistics custom_field_value_truth_of (mcv) on field_id, truth from custom_field_value;
select protect_tenant_table('custom_field_value');

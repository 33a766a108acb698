-- Contacts out of a file. Its rows are kept for a while: they say what became of each, and what undoing has to put back.
create table contact_import (
    tenant_id        uuid        not null,
    id               uuid        not null,
    project_id       uuid        not null,
    file_name        text        not null check (length(file_name) between 1 and 200),
    encoding         text        not null check (encoding in ('utf-8', 'windows-1252')),
    separator        text        not null check (separator in ('comma', 'semicolon', 'tab')),
    headers          text[]      not null check (cardinality(headers) between 1 and 100),
    -- What each column is, empty for one that is left out; null until somebody has said so.
    targets          text[],
    state            text        not null check (state in ('READY', 'RUNNING', 'DONE', 'CANCELLED', 'UNDOING', 'UNDONE')),
    total            integer     not null check (total > 0),
    -- Rows up to this one are done; undoing goes back from there.
    position         integer     not null default 0,
    created          integer     not null default 0,
    updated          integer     not null default 0,
    unchanged        integer     not null default 0,
    refused          integer     not null default 0,
    undone_deleted   integer     not null default 0,
    undone_restored  integer     not null default 0,
    undone_left      integer     not null default 0,
    actor_kind       text        not null,
    actor_id         text        not null,
    correlation_id   uuid        not null,
    -- The program that works on it, and until when the others leave it alone.
    runner           uuid,
    leased_until     timestamptz,
    -- False when the rows are gone because of their age.
    rows_kept        boolean     not null default true,
    created_at       timestamptz not null,
    started_at       timestamptz,
    finished_at      timestamptz,
    version          bigint      not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, project_id) references project,
    check (targets is null or cardinality(targets) = cardinality(headers)),
    check (targets is not null or position = 0 and state <> 'RUNNING'),
    check (position between 0 and total),
    check ((finished_at is null) = (state in ('READY', 'RUNNING', 'UNDOING'))),
    check (state in ('UNDOING', 'UNDONE') or created + updated + unchanged + refused = position)
) with (fillfactor = 50);
create index contact_import_by_age on contact_import (tenant_id, created_at desc, id desc);
create index contact_import_work on contact_import (id) where state in ('RUNNING', 'UNDOING');
create index contact_import_kept on contact_import (created_at) where rows_kept;
select protect_tenant_table('contact_import');
select open_to_system('contact_import', 'select');

create table contact_import_row (
    tenant_id       uuid    not null,
    import_id       uuid    not null,
    number          integer not null check (number > 0),
    -- As they stand in the file: a list of texts.
    cells           jsonb   not null,
    outcome         text    check (outcome in ('CREATED', 'UPDATED', 'UNCHANGED', 'REFUSED')),
    -- Why it was refused, and because of which column's value.
    field           text,
    code            text,
    reason          text,
    -- No foreign key: a contact may turn out to be another one, and the row stays what it was.
    contact_id      uuid,
    -- The contact's version with this row's changes: another one later says that somebody touched it.
    contact_version bigint,
    -- What it changed, and what was there before.
    changes         jsonb,
    undone          text    check (undone in ('DELETED', 'RESTORED', 'LEFT')),
    -- What undoing left as it is.
    undone_left     text[],
    primary key (tenant_id, import_id, number),
    foreign key (tenant_id, import_id) references contact_import on delete cascade,
    check ((outcome = 'REFUSED') = (code is not null) and (code is null) = (reason is null)),
    check ((outcome in ('CREATED', 'UPDATED')) = (changes is not null))
);
create index contact_import_row_contact on contact_import_row (tenant_id, contact_id) where contact_id is not null;
select protect_tenant_table('contact_import_row');

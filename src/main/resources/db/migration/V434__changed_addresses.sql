-- Members who sign in with another address, until the one before has been told. The row goes with its letter; the event log keeps what
-- happened.
create table email_change (
    tenant_id uuid not null,
    id        uuid not null,
    user_id   uuid not null,
    -- The one before.
    email     text not null check (email = lower(email) and length(email) between 3 and 254),
    primary key (tenant_id, id),
    foreign key (tenant_id, user_id) references app_user
);
select protect_tenant_table('email_change');

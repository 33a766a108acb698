-- Messages are counted once, for reports; billing asks there (decision 53).

-- Of the outbound ones those that were written here. Programs of before write none.
alter table report_volume add column written bigint not null default 0 check (written >= 0);

alter table billing_usage no force row level security;
delete from billing_usage where what in ('MESSAGES_SENT', 'MESSAGES_RECEIVED');
alter table billing_usage force row level security;
alter table billing_usage drop constraint billing_usage_what_check;
alter table billing_usage add check (what in ('CONTACTS_ADDED', 'CHANNELS_ADDED', 'AGENTS_ADDED'));

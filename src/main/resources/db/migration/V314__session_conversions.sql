-- What a session led to, and what that is worth in the currency's smallest parts.
alter table session
    add column converted_at        timestamptz,
    add column conversion_outcome  text collate "C",
    add column conversion_amount   bigint check (conversion_amount between 0 and 1000000000000000),
    add column conversion_currency text check (conversion_currency ~ '^[A-Z]{3}$'),
    add check ((converted_at is null) = (conversion_outcome is null)),
    add check ((conversion_amount is null) = (conversion_currency is null)),
    add check (converted_at is not null or conversion_amount is null);

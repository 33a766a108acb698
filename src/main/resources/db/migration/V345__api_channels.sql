-- A channel may be a customer's own program: it has an address and a secret, and no session.
alter table channel
    drop constraint channel_type_check,
    alter column session_name drop not null,
    add constraint channel_type_check check (type in ('waha', 'api')),
    add constraint channel_session_of_waha check ((type = 'waha') = (session_name is not null)),
    add constraint channel_key_of_waha check (type = 'waha' or api_key is null);

-- A document of a custom field is found by what equal ones have in common, whatever the order of their parts and the spelling of their
-- numbers: row security lets an index be used for a bigint, but not for jsonb. That one document holds another is asked of those of the field.
alter table custom_field_value add column document_hash bigint generated always as (jsonb_hash_extended(document, 0)) stored;
create index custom_field_value_document on custom_field_value (tenant_id, field_id, document_hash, contact_id) where document is not null;

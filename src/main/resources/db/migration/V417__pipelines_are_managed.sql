-- Setting up pipelines takes a permission of its own. Roles and keys that could change them before still can.
-- The owner is bound by row security as well, and sees nothing; to change what is there it must see all.
alter table custom_role no force row level security;
alter table api_key no force row level security;
update custom_role set permissions = permissions || '{PIPELINE_MANAGE}', version = version + 1 where 'PIPELINE_WRITE' = any (permissions);
update api_key set scopes = scopes || '{PIPELINE_MANAGE}' where 'PIPELINE_WRITE' = any (scopes);
alter table custom_role force row level security;
alter table api_key force row level security;

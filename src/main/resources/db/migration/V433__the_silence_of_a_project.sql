-- What a project says is read from the project, so that a change of it counts for all its channels at once; of a channel conversations
-- keep only the silence that is its own. Its country was a copy that nobody read.
alter table channel_profile alter column session_timeout_minutes drop not null;
alter table channel_profile drop column region;

-- What is there already. The owner is bound by row security as well, and sees nothing; to change it must see all.
alter table channel no force row level security;
alter table channel_profile no force row level security;
update channel_profile p set session_timeout_minutes = null from channel c
 where c.tenant_id = p.tenant_id and c.id = p.channel_id and c.session_timeout_minutes is null;
alter table channel force row level security;
alter table channel_profile force row level security;

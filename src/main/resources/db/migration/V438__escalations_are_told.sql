-- A member is told as well that a session was escalated to a team of which nobody is there.
alter table notification
    alter column note_id drop not null,
    alter column mentioned_by drop not null,
    add column contact_id uuid,
    add column chat_id    uuid,
    add column session_id uuid,
    -- As it was called then.
    add column team_name  text,
    add foreign key (tenant_id, contact_id) references contact,
    add check (num_nulls(note_id, mentioned_by) = 0 and num_nonnulls(contact_id, chat_id, session_id, team_name) = 0
            or num_nonnulls(note_id, mentioned_by) = 0 and num_nulls(contact_id, chat_id, session_id, team_name) = 0);
create index notification_of_contact on notification (tenant_id, contact_id) where contact_id is not null;

-- What waits for somebody of a team, of which each round looks for what was escalated.
create index session_waits_for_team on session (tenant_id, started_at, id) where status = 'OPEN' and agent_id is null and team_id is not null;

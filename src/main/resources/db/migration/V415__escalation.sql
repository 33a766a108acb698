-- To whom sessions under this rule are escalated where nobody is named.
alter table assignment_rule
    add column escalate_to_team_id uuid,
    add foreign key (tenant_id, escalate_to_team_id) references team,
    add check (escalate_to_team_id <> team_id);

-- Who is given sessions without a person saying so.
create table assignment_rule (
    tenant_id           uuid        not null references tenant,
    id                  uuid        not null,
    -- What it holds for: one of these. A team's outweighs a channel's, which outweighs a project's.
    project_id          uuid,
    channel_id          uuid,
    team_id             uuid,
    strategy            text        not null check (strategy in ('MANUAL', 'ROUND_ROBIN', 'LEAST_BUSY', 'STICKY')),
    -- Only its agents are given sessions that no team has; null for all agents.
    to_team_id          uuid,
    no_response_minutes integer     check (no_response_minutes between 1 and 10080),
    inactivity_minutes  integer     check (inactivity_minutes between 1 and 10080),
    -- Whose turn it was last; moves without the version.
    last_agent_id       uuid,
    created_at          timestamptz not null,
    version             bigint      not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, project_id) references project,
    foreign key (tenant_id, channel_id) references channel_profile,
    foreign key (tenant_id, team_id) references team,
    foreign key (tenant_id, to_team_id) references team,
    foreign key (tenant_id, last_agent_id) references agent,
    check (num_nonnulls(project_id, channel_id, team_id) = 1),
    check (team_id is null or to_team_id is null)
);
create unique index assignment_rule_scope on assignment_rule (tenant_id, coalesce(project_id, channel_id, team_id));
select protect_tenant_table('assignment_rule');
select open_to_system('assignment_rule', 'select');

-- Figures of agents (V416) that say nothing of what was before are built anew once, as after a replay that somebody asks for: beside those that are
-- read, and in the background. Where somebody has had them rebuilt since, or does now, nothing begins.
alter table tenant no force row level security;
alter table chat no force row level security;
alter table session_assignment no force row level security;
alter table domain_event_logs no force row level security;
alter table event_replay no force row level security;
alter table read_model no force row level security;

with kept as (
    select installed_on as since from flyway_schema_history where version = '416'
), missed as (
    select t.tenant_id, f.consumer, f.types
      from kept cross join tenant t
     cross join (values ('message-figures', array['message.created'], false),
                        ('assignment-figures', array['session.agent_assigned', 'session.transferred'], true)) f (consumer, types, of_agents)
     where exists (select from domain_event_logs e where e.tenant_id = t.tenant_id and e.recorded_at < kept.since)
       and case when f.of_agents then exists (select from session_assignment a where a.tenant_id = t.tenant_id)
                else exists (select from chat c where c.tenant_id = t.tenant_id) end
       and not exists (select from event_replay r
                        where r.tenant_id = t.tenant_id and r.consumer = f.consumer
                          and (r.state in ('RUNNING', 'PAUSED') or r.state = 'DONE' and r.generation is not null and r.created_at > kept.since))
), building as (
    insert into read_model (tenant_id, name, live, building, latest)
    select tenant_id, consumer, 0, 1, 1 from missed
        on conflict (tenant_id, name) do update set building = read_model.latest + 1, latest = read_model.latest + 1
    returning tenant_id, name, building
)
insert into event_replay (tenant_id, id, consumer, types, generation, state, swept, actor_kind, actor_id, correlation_id, created_at, version)
-- The id is a UUID of version 7, as the program's are: lists follow it.
select m.tenant_id, (lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0') || '7'
                     || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid,
       m.consumer, m.types, b.building, 'RUNNING', false, 'SYSTEM', 'upgrade', gen_random_uuid(), now(), 1
  from missed m join building b on b.tenant_id = m.tenant_id and b.name = m.consumer;

alter table tenant force row level security;
alter table chat force row level security;
alter table session_assignment force row level security;
alter table domain_event_logs force row level security;
alter table event_replay force row level security;
alter table read_model force row level security;

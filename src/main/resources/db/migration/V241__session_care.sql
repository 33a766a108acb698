-- Who has a session, how urgent it is, what came of it, and how long the customer waited for people.

alter table session
    add column inbound_count       integer     not null default 0,
    add column outbound_count      integer     not null default 0,
    -- All by the times of messages, as the provider tells them.
    add column first_inbound_at    timestamptz,
    add column first_response_at   timestamptz,
    add column waiting_since       timestamptz,
    add column answers             integer     not null default 0,
    add column waited_millis       bigint      not null default 0,
    add column longest_wait_millis bigint      not null default 0,
    add column agent_id            uuid,
    add column team_id             uuid,
    add column assigned_at         timestamptz,
    add column priority            text        not null default 'NORMAL'
                                   check (priority in ('LOW', 'NORMAL', 'HIGH', 'URGENT')),
    add column outcomes            text[]      not null default '{}' check (cardinality(outcomes) <= 20),
    -- Until then silence does not end what a person opened again.
    add column reopened_until      timestamptz,
    -- Rises with what people change and with the status; messages move only the version.
    add column revision            bigint      not null default 1,
    add foreign key (tenant_id, agent_id) references agent,
    add foreign key (tenant_id, team_id) references team;

alter table session drop constraint session_end_reason_check;
alter table session add constraint session_end_reason_check check (end_reason in ('SILENCE', 'RESOLVED', 'CLOSED'));

-- The owner is bound by row security as well, and sees nothing; to count what is there it must see all.
alter table session no force row level security;
alter table message no force row level security;
with heard as (
    select tenant_id, session_id, sent_at, direction = 'INBOUND' as customer,
           lag(direction) over w is distinct from direction as turn
      from message
     where session_id is not null
       and (direction = 'INBOUND' or source = 'PHONE' or source = 'CRM' and author_user_id is not null)
    window w as (partition by tenant_id, session_id order by sent_at, direction)
), wait as (
    select tenant_id, session_id, customer, sent_at, lead(sent_at) over (partition by tenant_id, session_id
                                                                         order by sent_at, customer desc) as answered_at
      from heard where turn
), waits as (
    select tenant_id, session_id, min(sent_at) as first_inbound_at, min(answered_at) as first_response_at,
           max(sent_at) filter (where answered_at is null) as waiting_since, count(answered_at) as answers,
           coalesce(sum(floor(extract(epoch from answered_at - sent_at) * 1000)), 0) as waited_millis,
           coalesce(max(floor(extract(epoch from answered_at - sent_at) * 1000)), 0) as longest_wait_millis
      from wait where customer group by tenant_id, session_id
), counts as (
    select tenant_id, session_id, count(*) filter (where direction = 'INBOUND') as inbound from message
     where session_id is not null group by tenant_id, session_id
)
update session s
   set inbound_count = coalesce(c.inbound, 0), outbound_count = s.message_count - coalesce(c.inbound, 0),
       first_inbound_at = w.first_inbound_at, first_response_at = w.first_response_at, waiting_since = w.waiting_since,
       answers = coalesce(w.answers, 0), waited_millis = coalesce(w.waited_millis, 0),
       longest_wait_millis = coalesce(w.longest_wait_millis, 0)
  from session o
  left join counts c on c.tenant_id = o.tenant_id and c.session_id = o.id
  left join waits w on w.tenant_id = o.tenant_id and w.session_id = o.id
 where s.tenant_id = o.tenant_id and s.id = o.id;
alter table session force row level security;
alter table message force row level security;

alter table session
    add check (inbound_count >= 0 and outbound_count >= 0 and inbound_count + outbound_count = message_count),
    add check ((inbound_count > 0) = (first_inbound_at is not null)),
    add check ((answers > 0) = (first_response_at is not null) and first_response_at >= first_inbound_at),
    add check (waiting_since >= first_inbound_at and (answers > 0 or waiting_since is not null or inbound_count = 0)),
    add check (longest_wait_millis >= 0 and longest_wait_millis <= waited_millis and (answers > 0 or waited_millis = 0)),
    add check ((agent_id is null and team_id is null) or assigned_at is not null);

create index session_by_start on session (tenant_id, started_at desc, id desc);
create index session_of_agent on session (tenant_id, agent_id, started_at desc, id desc) where agent_id is not null;
create index session_of_team on session (tenant_id, team_id, started_at desc, id desc) where team_id is not null;

-- Who had a session, one after the other.
create table session_assignment (
    tenant_id  uuid        not null,
    id         uuid        not null,
    session_id uuid        not null,
    at         timestamptz not null,
    agent_id   uuid,
    team_id    uuid,
    how        text        not null,
    note       text        check (length(note) between 1 and 2000),
    actor_kind text        not null,
    actor_id   text        not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, session_id) references session,
    foreign key (tenant_id, agent_id) references agent,
    foreign key (tenant_id, team_id) references team
);
create index session_assignment_of_session on session_assignment (tenant_id, session_id, id desc);
create index session_assignment_of_agent on session_assignment (tenant_id, agent_id) where agent_id is not null;
create index session_assignment_of_team on session_assignment (tenant_id, team_id) where team_id is not null;
select protect_tenant_table('session_assignment');

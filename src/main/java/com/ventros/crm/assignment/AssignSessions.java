package com.ventros.crm.assignment;

import com.ventros.crm.agents.AgentId;
import com.ventros.crm.agents.AgentsAtWork;
import com.ventros.crm.agents.AgentsAtWork.AtWork;
import com.ventros.crm.agents.AgentsHere;
import com.ventros.crm.agents.TeamId;
import com.ventros.crm.assignment.AssignmentRule.Strategy;
import com.ventros.crm.conversations.CareForSessions;
import com.ventros.crm.conversations.CareForSessions.Gift;
import com.ventros.crm.conversations.SessionId;
import com.ventros.crm.events.Cause;
import com.ventros.crm.kernel.Codes;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.tenancy.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Gives sessions to agents by the rules of their team, channel or project.
 *
 * <p>After a round no open session is without an agent while one that its rule allows is at work and has room, nor one that was escalated
 * to a team while anybody there is and has. Rounds of
 * one tenant go one after the other, so no two give an agent its last room. Whatever makes room, or a session wait, is an
 * event that leads to another round.
 */
@Component
public class AssignSessions {

    /** Sessions looked at together; more are looked at as long as anybody has room. */
    private static final int PAGE = 200;

    private static final String SESSION = """
            select s.id, s.team_id, s.agent_id, s.started_at, s.waiting_since, s.assigned_at,
                   case s.priority when 'URGENT' then 0 when 'HIGH' then 1 when 'NORMAL' then 2 else 3 end as rank,
                   c.whole_id as contact_id, c.channel_id, c.project_id,
                   case when s.agent_id is null and s.team_id is not null
                        then (select a.how = 'escalation' from session_assignment a where a.session_id = s.id order by a.id desc limit 1) end as escalated
              from session s join chat c on c.id = s.chat_id
            """;

    /** What we began ourselves takes up nobody's room before the customer has said something, unless a team was asked to take it. */
    private static final String CONCERNS_US = " and (s.inbound_count > 0 or s.team_id is not null)";

    private final JdbcClient db;
    private final AssignmentRules rules;
    private final AgentsAtWork agents;
    private final AgentsHere here;
    private final CareForSessions care;

    AssignSessions(JdbcClient db, AssignmentRules rules, AgentsAtWork agents, AgentsHere here, CareForSessions care) {
        this.db = db;
        this.rules = rules;
        this.agents = agents;
        this.here = here;
        this.care = care;
    }

    /** Across tenants: who has any rule that gives sessions to agents, or sessions that wait for a team. */
    public List<TenantId> tenants() {
        return rules.tenants();
    }

    /** One round; {@code cause} tells because of what a session is given to somebody. Returns how many were. */
    @Transactional
    public int run(Instant now, Function<SessionId, Cause> cause) {
        var byRule = rules.all().stream().anyMatch(rule -> rule.terms().strategy() != Strategy.MANUAL);
        if (!byRule && !isAnyEscalated()) return 0;
        db.sql("select pg_advisory_xact_lock(hashtextextended(:name, 0))")
                .param("name", "assignment of " + Tenancy.current()).query((_, _) -> true).single();
        takeBack(cause);
        return new Round(now, cause, byRule).work();
    }

    /** What agents have who are gone for good is nobody's again: people see that, and a rule gives it to somebody else. */
    @Transactional
    public int takeBack(Function<SessionId, Cause> cause) {
        var gone = here.gone();
        if (gone.isEmpty()) return 0;
        return care.give(db.sql(SESSION + " where s.status = 'OPEN' and s.agent_id = any (:gone)")
                .param("gone", gone.stream().map(AgentId::value).toArray(UUID[]::new))
                .query((row, _) -> waiting(row)).list().stream()
                .map(session -> new Gift(session.id(), session.agent(), session.team(), Optional.empty(), "gone")).toList(), cause);
    }

    private record Waiting(SessionId id, Optional<TeamId> team, Optional<AgentId> agent, int rank, Instant startedAt,
            Instant waitingSince, Instant assignedAt, UUID contact, UUID channel, UUID project, boolean escalated) {}

    private final class Round {
        private final Instant now;
        private final Function<SessionId, Cause> cause;
        private final boolean byRule;
        private final Map<UUID, AssignmentRule> byScope = new HashMap<>();
        private final List<AtWork> atWork;
        private final Set<TeamId> archived;
        private final Map<AgentId, Integer> load = new HashMap<>();

        Round(Instant now, Function<SessionId, Cause> cause, boolean byRule) {
            this.now = now;
            this.cause = cause;
            this.byRule = byRule;
            rules.all().forEach(rule -> byScope.put(rule.scope.project().or(rule.scope::channel).or(rule.scope::team).orElseThrow(), rule));
            atWork = agents.now(now);
            archived = archivedTeams();
            db.sql("select agent_id, count(*) as n from session where status = 'OPEN' and agent_id is not null group by agent_id")
                    .query((ResultSet row) -> {
                        load.put(new AgentId(row.getObject("agent_id", UUID.class)), row.getInt("n"));
                    });
        }

        int work() {
            var given = giveAway();
            var moved = moveOverdue();
            if (moved > 0) given += giveAway();
            rules.remember(List.copyOf(byScope.values()));
            return given + moved;
        }

        /** What no agent has, the most urgent and the oldest first. */
        private int giveAway() {
            var gifts = new ArrayList<Gift>();
            Waiting last = null;
            while (atWork.stream().anyMatch(this::hasRoom)) {
                var page = unassigned(last, byRule);
                var before = lastAgents(page);
                for (var session : page) {
                    var rule = rule(session);
                    rule.flatMap(known -> choose(known, session, before))
                            .map(agent -> gift(session, agent, Codes.of(rule.orElseThrow().terms().strategy())))
                            .or(() -> rule.isEmpty() && session.escalated() ? specialist(session) : Optional.empty()).ifPresent(gifts::add);
                }
                if (page.size() < PAGE) break;
                last = page.getLast();
            }
            return care.give(gifts, cause);
        }

        /** What was escalated to a team does not wait for a person to take it, whether or not a rule gives sessions there. */
        private Optional<Gift> specialist(Waiting session) {
            return present(session.team()).flatMap(team -> leastBusy(able(session, Optional.of(team))))
                    .map(agent -> gift(session, agent, "escalation"));
        }

        /** What an agent has who does not answer, or has gone; it stays with them while nobody else has room. */
        private int moveOverdue() {
            if (byScope.values().stream().map(AssignmentRule::terms)
                    .allMatch(terms -> terms.noResponseMinutes().isEmpty() && terms.inactivityMinutes().isEmpty())) return 0;
            var gifts = new ArrayList<Gift>();
            var absent = absent();
            UUID last = null;
            while (atWork.stream().anyMatch(this::hasRoom)) {
                var page = assigned(last);
                for (var session : page) {
                    var rule = rule(session);
                    var why = rule.flatMap(known -> overdue(known, session, absent));
                    if (why.isEmpty()) continue;
                    choose(rule.get(), session, Map.of()).ifPresent(agent -> {
                        load.merge(session.agent().orElseThrow(), -1, Integer::sum);
                        gifts.add(gift(session, agent, why.get()));
                    });
                }
                if (page.size() < PAGE) break;
                last = page.getLast().id().value();
            }
            return care.give(gifts, cause);
        }

        private Gift gift(Waiting session, AgentId agent, String how) {
            load.merge(agent, 1, Integer::sum);
            return new Gift(session.id(), session.agent(), session.team(), Optional.of(agent), how);
        }

        private Optional<String> overdue(AssignmentRule rule, Waiting session, Map<AgentId, Instant> absent) {
            var terms = rule.terms();
            var left = Optional.ofNullable(absent.get(session.agent().orElseThrow()));
            if (terms.inactivityMinutes().isPresent() && left.isPresent()
                    && passed(later(left.get(), session.assignedAt()), terms.inactivityMinutes().get())) {
                return Optional.of("inactivity");
            }
            if (terms.noResponseMinutes().isPresent() && session.waitingSince() != null
                    && passed(later(session.waitingSince(), session.assignedAt()), terms.noResponseMinutes().get())) {
                return Optional.of("no_response");
            }
            return Optional.empty();
        }

        private boolean passed(Instant since, int minutes) {
            return !since.plus(Duration.ofMinutes(minutes)).isAfter(now);
        }

        private static Instant later(Instant a, Instant b) {
            return b.isAfter(a) ? b : a;
        }

        private boolean hasRoom(AtWork agent) {
            return load.getOrDefault(agent.agent(), 0) < agent.capacity();
        }

        /** The most specific one that gives sessions to agents, or none. */
        private Optional<AssignmentRule> rule(Waiting session) {
            return present(session.team()).map(team -> byScope.get(team.value()))
                    .or(() -> Optional.ofNullable(byScope.get(session.channel())))
                    .or(() -> Optional.ofNullable(byScope.get(session.project())))
                    .filter(rule -> rule.terms().strategy() != Strategy.MANUAL);
        }

        private Optional<AgentId> choose(AssignmentRule rule, Waiting session, Map<UUID, AgentId> before) {
            var team = present(session.team()).or(() -> present(rule.terms().toTeam()));
            var able = able(session, team);
            if (able.isEmpty()) return Optional.empty();
            return switch (rule.terms().strategy()) {
                case ROUND_ROBIN -> {
                    var next = able.stream().filter(agent -> rule.lastAgent()
                            .filter(last -> agent.value().compareTo(last.value()) <= 0).isEmpty()).findFirst().orElse(able.getFirst());
                    rule.turn(next);
                    yield Optional.of(next);
                }
                case STICKY -> Optional.ofNullable(before.get(session.contact())).filter(able::contains)
                        .or(() -> leastBusy(able));
                case LEAST_BUSY -> leastBusy(able);
                case MANUAL -> Optional.empty();
            };
        }

        private List<AgentId> able(Waiting session, Optional<TeamId> team) {
            return atWork.stream().filter(this::hasRoom)
                    .filter(agent -> team.isEmpty() || agent.teams().contains(team.get()))
                    .map(AtWork::agent).filter(agent -> !session.agent().equals(Optional.of(agent))).toList();
        }

        /** An archived team is none: nobody works in it, so what names it would wait for ever. */
        private Optional<TeamId> present(Optional<TeamId> team) {
            return team.filter(one -> !archived.contains(one));
        }

        private Optional<AgentId> leastBusy(List<AgentId> able) {
            return able.stream().min(Comparator.comparing(agent -> load.getOrDefault(agent, 0)));
        }
    }

    /** Whether anything waits for a team that it was escalated to. */
    private boolean isAnyEscalated() {
        return db.sql("select exists (select from (" + SESSION
                + " where s.status = 'OPEN' and s.agent_id is null and s.team_id is not null) w where w.escalated)").query(Boolean.class).single();
    }

    /** Where no rule gives anything only what a team has may be given. */
    private List<Waiting> unassigned(Waiting after, boolean byRule) {
        return db.sql("select * from (" + SESSION + " where s.status = 'OPEN' and s.agent_id is null" + CONCERNS_US
                        + (byRule ? "" : " and s.team_id is not null") + """
                       ) w
                 where :rank::int is null or (rank, started_at, id) > (:rank::int, :startedAt::timestamptz, :id::uuid)
                 order by rank, started_at, id limit :limit
                """)
                .param("rank", after == null ? null : after.rank())
                .param("startedAt", after == null ? null : after.startedAt().atOffset(ZoneOffset.UTC))
                .param("id", after == null ? null : after.id().value()).param("limit", PAGE)
                .query((row, _) -> waiting(row)).list();
    }

    private List<Waiting> assigned(UUID after) {
        return db.sql(SESSION + " where s.status = 'OPEN' and s.agent_id is not null" + CONCERNS_US + """
                   and (:after::uuid is null or s.id > :after::uuid)
                 order by s.id limit :limit
                """)
                .param("after", after).param("limit", PAGE).query((row, _) -> waiting(row)).list();
    }

    private Set<TeamId> archivedTeams() {
        return db.sql("select id from team where archived_at is not null").query(UUID.class).list().stream()
                .map(TeamId::new).collect(Collectors.toSet());
    }

    /** Agents who are away or offline, and since when. */
    private Map<AgentId, Instant> absent() {
        var absent = new HashMap<AgentId, Instant>();
        db.sql("select id, availability_since from agent where availability <> 'ONLINE'").query((ResultSet row) -> {
            absent.put(new AgentId(row.getObject("id", UUID.class)), instant(row, "availability_since"));
        });
        return absent;
    }

    /** Who had the last session of these sessions' contacts. */
    private Map<UUID, AgentId> lastAgents(Collection<Waiting> sessions) {
        var last = new HashMap<UUID, AgentId>();
        if (sessions.isEmpty()) return last;
        db.sql("""
                select distinct on (c.whole_id) c.whole_id, s.agent_id from chat c join session s on s.chat_id = c.id
                 where c.whole_id = any (:contacts) and s.agent_id is not null
                 order by c.whole_id, s.assigned_at desc
                """)
                .param("contacts", sessions.stream().map(Waiting::contact).distinct().toArray(UUID[]::new))
                .query((ResultSet row) -> {
                    last.put(row.getObject("whole_id", UUID.class), new AgentId(row.getObject("agent_id", UUID.class)));
                });
        return last;
    }

    private static Waiting waiting(ResultSet row) throws SQLException {
        return new Waiting(new SessionId(row.getObject("id", UUID.class)),
                Optional.ofNullable(row.getObject("team_id", UUID.class)).map(TeamId::new),
                Optional.ofNullable(row.getObject("agent_id", UUID.class)).map(AgentId::new), row.getInt("rank"),
                instant(row, "started_at"), instant(row, "waiting_since"), instant(row, "assigned_at"),
                row.getObject("contact_id", UUID.class), row.getObject("channel_id", UUID.class),
                row.getObject("project_id", UUID.class), row.getBoolean("escalated"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}

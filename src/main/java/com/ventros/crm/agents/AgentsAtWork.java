package com.ventros.crm.agents;

import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who could take a session now. */
@Component
public class AgentsAtWork {

    /** An agent that is online and within its hours, and those of its teams that are within theirs. */
    public record AtWork(AgentId agent, int capacity, Set<TeamId> teams) {}

    private final JdbcClient db;
    private final HoursBook hours;

    AgentsAtWork(JdbcClient db, HoursBook hours) {
        this.db = db;
        this.hours = hours;
    }

    /** All of them in one order; until the transaction ends none of them goes. */
    @Transactional
    public List<AtWork> now(Instant now) {
        record Row(AgentId agent, int capacity, Optional<HoursId> hours) {}
        var online = db.sql("""
                select id, capacity, hours_id from agent a
                 where availability = 'ONLINE'
                   and not exists (select from membership m where m.user_id = a.user_id and m.deactivated_at is not null)
                 order by id for share
                """)
                .query((row, _) -> new Row(new AgentId(row.getObject("id", UUID.class)), row.getInt("capacity"),
                        Optional.ofNullable(row.getObject("hours_id", UUID.class)).map(HoursId::new))).list();
        if (online.isEmpty()) return List.of();
        var teamHours = new HashMap<TeamId, Optional<HoursId>>();
        Map<AgentId, Set<TeamId>> teams = new HashMap<>();
        db.sql("""
                select m.agent_id, t.id, t.hours_id from team_agent m join team t on t.id = m.team_id
                 where t.archived_at is null
                """)
                .query((ResultSet row) -> {
                    var team = new TeamId(row.getObject("id", UUID.class));
                    teamHours.put(team, Optional.ofNullable(row.getObject("hours_id", UUID.class)).map(HoursId::new));
                    teams.computeIfAbsent(new AgentId(row.getObject("agent_id", UUID.class)), _ -> new HashSet<>()).add(team);
                });
        var needed = new HashSet<HoursId>();
        online.forEach(agent -> agent.hours().ifPresent(needed::add));
        teamHours.values().forEach(one -> one.ifPresent(needed::add));
        var times = hours.times(needed);
        var closed = new HashSet<TeamId>();
        teamHours.forEach((team, at) -> {
            if (!open(at, times, now)) closed.add(team);
        });
        var atWork = new ArrayList<AtWork>();
        for (var agent : online) {
            if (!open(agent.hours(), times, now)) continue;
            var those = new HashSet<>(teams.getOrDefault(agent.agent(), Set.of()));
            those.removeAll(closed);
            atWork.add(new AtWork(agent.agent(), agent.capacity(), Set.copyOf(those)));
        }
        return atWork;
    }

    private static boolean open(Optional<HoursId> hours, Map<HoursId, WorkingTimes> times, Instant now) {
        return hours.map(times::get).map(known -> known.open(now)).orElse(true);
    }
}

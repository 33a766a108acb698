package com.ventros.crm.reporting.flow;

import com.ventros.crm.events.Envelope;
import com.ventros.crm.events.EventConsumer;
import com.ventros.crm.events.OnReplay;
import com.ventros.crm.events.ReadModels;
import com.ventros.crm.tenancy.Tenancy;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Keeps each time that an agent was given a session, by a rule, a person or their own first word. */
@Component
class AssignmentFigures implements EventConsumer {

    private record Given(UUID event, UUID project, String at, UUID channel, UUID session, UUID agent) {}

    private final JdbcClient db;
    private final ReadModels models;

    AssignmentFigures(JdbcClient db, ReadModels models) {
        this.db = db;
        this.models = models;
    }

    @Override
    public String name() {
        return "assignment-figures";
    }

    @Override
    public Set<String> patterns() {
        return Set.of("session.agent_assigned", "session.transferred");
    }

    @Override
    public OnReplay onReplay() {
        return new OnReplay.Rebuild("report_assignment");
    }

    @Override
    public void handle(List<Envelope> events) {
        var given = events.stream().filter(event -> event.projectId().isPresent() && agent(event).isString())
                .map(AssignmentFigures::given).toList();
        if (given.isEmpty()) return;
        db.sql("""
                insert into report_assignment (tenant_id, generation, event_id, project_id, at, channel_id, session_id, agent_id)
                select :tenant, g, a.* from unnest(:generations::int[]) g
                 cross join unnest(:events::uuid[], :projects::uuid[], :times::timestamptz[], :channels::uuid[], :sessions::uuid[],
                                   :agents::uuid[]) a (event_id, project_id, at, channel_id, session_id, agent_id)
                 order by g, a.event_id
                    on conflict do nothing
                """)
                .param("tenant", Tenancy.current().value()).param("generations", models.generations(name()))
                .param("events", given.stream().map(Given::event).toArray(UUID[]::new))
                .param("projects", given.stream().map(Given::project).toArray(UUID[]::new))
                .param("times", given.stream().map(Given::at).toArray(String[]::new))
                .param("channels", given.stream().map(Given::channel).toArray(UUID[]::new))
                .param("sessions", given.stream().map(Given::session).toArray(UUID[]::new))
                .param("agents", given.stream().map(Given::agent).toArray(UUID[]::new)).update();
    }

    private static Given given(Envelope event) {
        return new Given(event.id(), event.projectId().orElseThrow().value(), event.occurredAt().toString(),
                UUID.fromString(event.data().path("channelId").asString()), event.aggregateId(), UUID.fromString(agent(event).asString()));
    }

    /** Missing where a team alone has it from then on. */
    private static JsonNode agent(Envelope event) {
        return event.data().path(event.type().equals("session.transferred") ? "toAgentId" : "agentId");
    }
}

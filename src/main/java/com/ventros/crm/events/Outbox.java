package com.ventros.crm.events;

import com.ventros.crm.kernel.EventType;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Keeps events beside the rows that they tell of: both are saved, or neither. */
@Component
public class Outbox {

    private final JdbcClient db;

    Outbox(JdbcClient db) {
        this.db = db;
    }

    /** Appends events in the order given; refuses to run outside a transaction. */
    public void append(List<NewEvent> events) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("events are appended in the transaction of what they tell of");
        }
        if (events.isEmpty()) return;
        var n = events.size();
        var ids = new UUID[n];
        var types = new String[n];
        var versions = new Integer[n];
        var aggregateTypes = new String[n];
        var aggregateIds = new UUID[n];
        var aggregateVersions = new Long[n];
        var projects = new UUID[n];
        var times = new OffsetDateTime[n];
        var correlations = new UUID[n];
        var causations = new UUID[n];
        var actorKinds = new String[n];
        var actorIds = new String[n];
        var data = new String[n];
        for (int i = 0; i < n; i++) {
            var event = events.get(i);
            var type = event.data().getClass().getAnnotation(EventType.class);
            if (type == null) throw new IllegalStateException(event.data().getClass() + " has no @EventType");
            ids[i] = Uuids.v7();
            types[i] = type.value();
            versions[i] = type.version();
            aggregateTypes[i] = event.aggregateType();
            aggregateIds[i] = event.aggregateId();
            aggregateVersions[i] = event.aggregateVersion();
            projects[i] = event.project().map(project -> project.value()).orElse(null);
            times[i] = event.occurredAt().atOffset(ZoneOffset.UTC);
            correlations[i] = event.cause().correlationId();
            causations[i] = event.cause().causationId().orElse(null);
            actorKinds[i] = event.cause().actor().kind().name();
            actorIds[i] = event.cause().actor().id();
            data[i] = EventJson.MAPPER.writeValueAsString(event.data());
        }
        db.sql("""
                insert into outbox_events (tenant_id, id, type, version, aggregate_type, aggregate_id,
                                           aggregate_version, project_id, occurred_at, correlation_id, causation_id,
                                           actor_kind, actor_id, data)
                select :tenant, e.* from unnest(:ids::uuid[], :types::text[], :versions::int[], :aggregateTypes::text[],
                       :aggregateIds::uuid[], :aggregateVersions::bigint[], :projects::uuid[], :times::timestamptz[],
                       :correlations::uuid[], :causations::uuid[], :actorKinds::text[], :actorIds::text[],
                       :data::jsonb[]) e
                """)
                .param("tenant", Tenancy.current().value())
                .param("ids", ids).param("types", types).param("versions", versions)
                .param("aggregateTypes", aggregateTypes).param("aggregateIds", aggregateIds)
                .param("aggregateVersions", aggregateVersions).param("projects", projects).param("times", times)
                .param("correlations", correlations).param("causations", causations)
                .param("actorKinds", actorKinds).param("actorIds", actorIds).param("data", data)
                .update();
    }
}

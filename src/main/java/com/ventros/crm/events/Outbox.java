package com.ventros.crm.events;

import com.ventros.crm.kernel.EventType;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Keeps events beside the rows that they tell of: both are saved, or neither.
 *
 * <p>One statement writes the outbox and the log. The relay is woken after the commit and outside of the transaction:
 * a NOTIFY within it would take a lock of the whole database at commit and put all writers in one line.
 */
@Component
public class Outbox {

    /** Partitions of the outbox: more than any number of relays worth running, and few enough for one lease table. */
    static final int PARTITIONS = 16;

    /** Aggregates with a refused event, and those whose refused event waits for its next try. */
    static final String WAITING = """
            with refused as materialized (
                select aggregate_id, next_attempt_at from outbox_events where attempts > 0 and state = 'pending'
            ), waiting as materialized (
                select aggregate_id from refused where next_attempt_at > now()
            )
            """;
    /** Which of the events {@code e} may go: those that are not refused for good, or waiting, or behind one of their aggregate that waits. */
    static final String MAY_GO = """
            e.state = 'pending' and (e.next_attempt_at is null or e.next_attempt_at <= now())
               and e.aggregate_id not in (select aggregate_id from waiting)""";
    /** Which of the events {@code e} a reader has not passed yet, by its {@link LowWaterMark}. What was refused may lie behind it. */
    static final String NOT_PASSED = """
            e.position > (select case when exists (select from refused) or current_setting(:mark, true) is distinct from :reader
                                      then 0 else :passed end)""";
    /** The oldest transaction that runs while a reader looks; its session is then one that it knows. */
    static final String OLDEST_RUNNING = """
            (select pg_snapshot_xmin(pg_current_snapshot())::text::bigint where set_config(:mark, :reader, false) = :reader)""";

    private final JdbcClient db;
    private final Bell bell;
    private final EventMeters meters;

    Outbox(JdbcClient db, Bell bell, EventMeters meters) {
        this.db = db;
        this.bell = bell;
        this.meters = meters;
    }

    static String topic(int partition, Broker.Lane lane) {
        return "outbox:" + partition + ":" + lane.ordinal();
    }

    static int partition(UUID aggregateId) {
        return Math.floorMod(aggregateId.hashCode(), PARTITIONS);
    }

    /**
     * Appends events in the order given; refuses to run outside a transaction. Their sequence rises for an aggregate as
     * long as its own row was written first, which makes writers of one aggregate follow each other. A transaction has its own number
     * before its first event has a position, which {@link LowWaterMark} builds on.
     */
    public void append(List<NewEvent> events) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("events are appended in the transaction of what they tell of");
        }
        if (events.isEmpty()) return;
        var tenant = Tenancy.current();
        var lane = Broker.Lane.current();
        var n = events.size();
        var ids = new UUID[n];
        var partitions = new Integer[n];
        var types = new String[n];
        var versions = new Integer[n];
        var aggregateTypes = new String[n];
        var aggregateIds = new UUID[n];
        var aggregateVersions = new Long[n];
        var projects = new UUID[n];
        var times = new String[n];
        var correlations = new UUID[n];
        var causations = new UUID[n];
        var actorKinds = new String[n];
        var actorIds = new String[n];
        var traceparents = new String[n];
        var outsideKinds = new String[n];
        var outsideTimes = new String[n];
        var outsideNames = new String[n];
        var data = new String[n];
        var bodies = new byte[n][];
        var topics = new TreeSet<String>();
        for (int i = 0; i < n; i++) {
            var event = events.get(i);
            var type = event.data().getClass().getAnnotation(EventType.class);
            if (type == null) throw new IllegalStateException(event.data().getClass() + " has no @EventType");
            ids[i] = Uuids.v7();
            partitions[i] = partition(event.aggregateId());
            topics.add(topic(partitions[i], lane));
            types[i] = type.value();
            versions[i] = type.version();
            aggregateTypes[i] = event.aggregateType();
            aggregateIds[i] = event.aggregateId();
            aggregateVersions[i] = event.aggregateVersion();
            projects[i] = event.project().map(project -> project.value()).orElse(null);
            times[i] = event.occurredAt().toString();
            correlations[i] = event.cause().correlationId();
            causations[i] = event.cause().causationId();
            actorKinds[i] = event.cause().actor().kind().name();
            actorIds[i] = event.cause().actor().id();
            traceparents[i] = event.cause().traceparent().orElse(null);
            if (event.cause().outside().isPresent()) {
                var outside = event.cause().outside().get();
                outsideKinds[i] = outside.kind().name();
                outsideTimes[i] = outside.at().toString();
                outsideNames[i] = outside.name();
            }
            data[i] = EventJson.MAPPER.writeValueAsString(event.data());
            bodies[i] = EventJson.withoutSequence(ids[i], types[i], versions[i], tenant, event, data[i]);
        }
        db.sql("""
                with event as materialized (
                    select nextval('event_position') as position, e.*
                      from unnest(:ids::uuid[], :partitions::int[], :types::text[], :versions::int[],
                                  :aggregateTypes::text[], :aggregateIds::uuid[], :aggregateVersions::bigint[],
                                  :projects::uuid[], :times::timestamptz[], :correlations::uuid[], :causations::uuid[],
                                  :actorKinds::text[], :actorIds::text[], :traceparents::text[], :outsideKinds::text[],
                                  :outsideTimes::timestamptz[], :outsideNames::text[], :data::text[], :bodies::bytea[])
                           as e(id, partition, type, version, aggregate_type, aggregate_id, aggregate_version,
                                project_id, occurred_at, correlation_id, causation_id, actor_kind, actor_id, traceparent,
                                outside_kind, outside_at, outside_name, data, body)
                     where pg_current_xact_id() is not null
                ), logged as (
                    insert into domain_event_logs (tenant_id, id, position, type, version, aggregate_type, aggregate_id,
                                                   aggregate_version, project_id, occurred_at, correlation_id,
                                                   causation_id, actor_kind, actor_id, traceparent, outside_kind,
                                                   outside_at, outside_name, data)
                    select :tenant, id, position, type, version, aggregate_type, aggregate_id, aggregate_version,
                           project_id, occurred_at, correlation_id, causation_id, actor_kind, actor_id, traceparent,
                           outside_kind, outside_at, outside_name, data::jsonb
                      from event
                )
                insert into outbox_events (position, tenant_id, id, partition, lane, type, aggregate_type, aggregate_id,
                                           body)
                select position, :tenant, id, partition, :lane, type, aggregate_type, aggregate_id, body from event
                """)
                .param("tenant", tenant.value()).param("lane", lane.name())
                .param("ids", ids).param("partitions", partitions).param("types", types).param("versions", versions)
                .param("aggregateTypes", aggregateTypes).param("aggregateIds", aggregateIds)
                .param("aggregateVersions", aggregateVersions).param("projects", projects).param("times", times)
                .param("correlations", correlations).param("causations", causations)
                .param("actorKinds", actorKinds).param("actorIds", actorIds).param("traceparents", traceparents)
                .param("outsideKinds", outsideKinds).param("outsideTimes", outsideTimes)
                .param("outsideNames", outsideNames).param("data", data).param("bodies", bodies)
                .update();
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                bell.ring(topics);
                for (var type : types) meters.raised(type);
            }
        });
    }
}

package com.ventros.crm.pipelines;

import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.pipelines.Pipeline.LossReason;
import com.ventros.crm.pipelines.Pipeline.Status;
import com.ventros.crm.tenancy.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps pipelines with their statuses and reasons for loss. */
@Repository
class Pipelines {

    private final JdbcClient db;
    private final Outbox outbox;

    Pipelines(JdbcClient db, Outbox outbox) {
        this.db = db;
        this.outbox = outbox;
    }

    /** Whoever adds or changes pipelines of a project waits here for others who do: they agree on names and the default. */
    void lock(ProjectId project) {
        db.sql("select id from project where id = :id for no key update").param("id", project.value()).query().listOfRows();
    }

    /** All of a project, the oldest first, the archived included. */
    List<Pipeline> of(ProjectId project) {
        return load(db.sql("select * from pipeline where project_id = :project order by created_at, id")
                .param("project", project.value()));
    }

    Optional<Pipeline> find(PipelineId id) {
        return load(db.sql("select * from pipeline where id = :id").param("id", id.value())).stream().findFirst();
    }

    /** Refused by the database when it contradicts another pipeline of the project. */
    void add(Pipeline pipeline) {
        db.sql("""
                insert into pipeline (tenant_id, id, project_id, name, is_default, session_timeout_minutes, created_at, version)
                values (:tenant, :id, :project, :name, :isDefault, :timeout, :createdAt, 1)
                """)
                .param("tenant", Tenancy.current().value()).param("id", pipeline.id.value())
                .param("project", pipeline.project.value()).param("name", pipeline.name())
                .param("isDefault", pipeline.isDefault()).param("timeout", pipeline.sessionTimeoutMinutes().orElse(null))
                .param("createdAt", utc(pipeline.createdAt)).update();
        saveParts(pipeline);
        tell(pipeline, pipeline.takeEvents(), 1, pipeline.createdAt);
    }

    /** Writes nothing when nothing happened. */
    void save(Pipeline pipeline, Instant now) {
        var events = pipeline.takeEvents();
        if (events.isEmpty()) return;
        db.sql("""
                update pipeline set name = :name, is_default = :isDefault, session_timeout_minutes = :timeout,
                       archived_at = :archivedAt, version = version + 1
                 where id = :id
                """)
                .param("name", pipeline.name()).param("isDefault", pipeline.isDefault())
                .param("timeout", pipeline.sessionTimeoutMinutes().orElse(null))
                .param("archivedAt", pipeline.archivedAt().map(Pipelines::utc).orElse(null))
                .param("id", pipeline.id.value()).update();
        saveParts(pipeline);
        tell(pipeline, events, pipeline.storedVersion + 1, now);
    }

    private void saveParts(Pipeline pipeline) {
        var statuses = pipeline.statuses();
        var id = pipeline.id.value();
        var tenant = Tenancy.current().value();
        db.sql("""
                insert into pipeline_status as s (tenant_id, pipeline_id, id, ordinal, name, kind, colour, restricted,
                                                  archived_at)
                select :tenant, :pipeline, w.id, w.ordinal - 1, w.name, w.kind, w.colour, w.restricted, w.archived_at
                  from unnest(:ids::uuid[], :names::text[], :kinds::text[], :colours::text[], :restricted::boolean[],
                              :archived::timestamptz[])
                       with ordinality w (id, name, kind, colour, restricted, archived_at, ordinal)
                    on conflict (tenant_id, id) do update
                   set ordinal = excluded.ordinal, name = excluded.name, colour = excluded.colour,
                       restricted = excluded.restricted, archived_at = excluded.archived_at
                """)
                .param("tenant", tenant).param("pipeline", id)
                .param("ids", statuses.stream().map(Status::id).toArray(UUID[]::new))
                .param("names", statuses.stream().map(Status::name).toArray(String[]::new))
                .param("kinds", statuses.stream().map(status -> status.kind().name()).toArray(String[]::new))
                .param("colours", statuses.stream().map(Status::colour).toArray(String[]::new))
                .param("restricted", statuses.stream().map(status -> status.next().isPresent()).toArray(Boolean[]::new))
                .param("archived", statuses.stream().map(status -> text(status.archivedAt())).toArray(String[]::new)).update();
        var from = new ArrayList<UUID>();
        var to = new ArrayList<UUID>();
        var requiring = new ArrayList<UUID>();
        var required = new ArrayList<UUID>();
        for (var status : statuses) {
            status.next().ifPresent(all -> all.forEach(next -> {
                from.add(status.id());
                to.add(next);
            }));
            for (var field : status.requiredFields()) {
                requiring.add(status.id());
                required.add(field);
            }
        }
        db.sql("delete from pipeline_transition where pipeline_id = :pipeline").param("pipeline", id).update();
        db.sql("""
                insert into pipeline_transition (tenant_id, pipeline_id, from_id, to_id)
                select :tenant, :pipeline, t.* from unnest(:from::uuid[], :to::uuid[]) t
                """).param("tenant", tenant).param("pipeline", id)
                .param("from", from.toArray(UUID[]::new)).param("to", to.toArray(UUID[]::new)).update();
        db.sql("delete from pipeline_required_field where pipeline_id = :pipeline").param("pipeline", id).update();
        db.sql("""
                insert into pipeline_required_field (tenant_id, project_id, pipeline_id, status_id, field_id)
                select :tenant, :project, :pipeline, r.* from unnest(:statuses::uuid[], :fields::uuid[]) r
                """).param("tenant", tenant).param("project", pipeline.project.value()).param("pipeline", id)
                .param("statuses", requiring.toArray(UUID[]::new)).param("fields", required.toArray(UUID[]::new)).update();
        var reasons = pipeline.lossReasons();
        db.sql("""
                insert into pipeline_loss_reason as r (tenant_id, pipeline_id, id, ordinal, text, archived_at)
                select :tenant, :pipeline, w.id, w.ordinal - 1, w.text, w.archived_at
                  from unnest(:ids::uuid[], :texts::text[], :archived::timestamptz[])
                       with ordinality w (id, text, archived_at, ordinal)
                    on conflict (tenant_id, id) do update
                   set text = excluded.text, archived_at = excluded.archived_at
                """)
                .param("tenant", tenant).param("pipeline", id)
                .param("ids", reasons.stream().map(LossReason::id).toArray(UUID[]::new))
                .param("texts", reasons.stream().map(LossReason::text).toArray(String[]::new))
                .param("archived", reasons.stream().map(reason -> text(reason.archivedAt())).toArray(String[]::new)).update();
    }

    private void tell(Pipeline pipeline, List<PipelineEvent> events, long version, Instant now) {
        outbox.append(events.stream().map(event -> new NewEvent(event, "pipeline", pipeline.id.value(), version,
                Optional.of(pipeline.project), now, Cause.current())).toList());
    }

    private record Row(PipelineId id, ProjectId project, String name, boolean isDefault, Optional<Integer> timeout,
            Optional<Instant> archivedAt, Instant createdAt, long version) {}

    private List<Pipeline> load(JdbcClient.StatementSpec statement) {
        var rows = statement.query((row, _) -> new Row(new PipelineId(row.getObject("id", UUID.class)),
                new ProjectId(row.getObject("project_id", UUID.class)), row.getString("name"), row.getBoolean("is_default"),
                Optional.ofNullable(row.getObject("session_timeout_minutes", Integer.class)), instant(row, "archived_at"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(), row.getLong("version"))).list();
        var ids = rows.stream().map(row -> row.id().value()).toArray(UUID[]::new);
        Map<UUID, List<Status>> statuses = new HashMap<>();
        db.sql("""
                select s.*, array(select t.to_id from pipeline_transition t where t.from_id = s.id) as next,
                       array(select f.field_id from pipeline_required_field f where f.status_id = s.id) as required
                  from pipeline_status s where s.pipeline_id = any (:ids) order by s.ordinal
                """).param("ids", ids).query((ResultSet row) -> {
            statuses.computeIfAbsent(row.getObject("pipeline_id", UUID.class), _ -> new ArrayList<>()).add(status(row));
        });
        Map<UUID, List<LossReason>> reasons = new HashMap<>();
        db.sql("select * from pipeline_loss_reason where pipeline_id = any (:ids) order by ordinal").param("ids", ids)
                .query((ResultSet row) -> {
                    reasons.computeIfAbsent(row.getObject("pipeline_id", UUID.class), _ -> new ArrayList<>())
                            .add(new LossReason(row.getObject("id", UUID.class), row.getString("text"),
                                    instant(row, "archived_at")));
                });
        return rows.stream().map(row -> new Pipeline(row.id(), row.project(), row.name(), row.isDefault(), row.timeout(),
                row.archivedAt(), row.createdAt(), statuses.getOrDefault(row.id().value(), List.of()),
                reasons.getOrDefault(row.id().value(), List.of()), row.version())).toList();
    }

    private static Status status(ResultSet row) throws SQLException {
        return new Status(row.getObject("id", UUID.class), row.getString("name"), Pipeline.Kind.valueOf(row.getString("kind")),
                row.getString("colour"), row.getBoolean("restricted") ? Optional.of(uuids(row, "next")) : Optional.empty(),
                uuids(row, "required"), instant(row, "archived_at"));
    }

    private static SortedSet<UUID> uuids(ResultSet row, String column) throws SQLException {
        return new TreeSet<>(Arrays.asList((UUID[]) row.getArray(column).getArray()));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private static String text(Optional<Instant> at) {
        return at.map(Instant::toString).orElse(null);
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}

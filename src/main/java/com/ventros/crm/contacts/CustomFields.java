package com.ventros.crm.contacts;

import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.tenancy.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps the definitions of custom fields. */
@Repository
class CustomFields {

    private final JdbcClient db;
    private final Outbox outbox;

    CustomFields(JdbcClient db, Outbox outbox) {
        this.db = db;
        this.outbox = outbox;
    }

    /** All of a project in the order of their keys, the archived included. */
    List<CustomField> of(ProjectId project) {
        return db.sql("select * from custom_field where project_id = :project order by key")
                .param("project", project.value()).query((row, _) -> field(row)).list();
    }

    /** The same, for whoever sets values of any of them: until the transaction ends, none of them becomes another. */
    List<CustomField> held(ProjectId project) {
        // Whoever changes a field locks it for update and waits for these; those who set values do not wait for each other.
        return db.sql("select * from custom_field where project_id = :project order by key for key share")
                .param("project", project.value()).query((row, _) -> field(row)).list();
    }

    /** The same of those with these keys. */
    List<CustomField> held(ProjectId project, Collection<String> keys) {
        return db.sql("select * from custom_field where project_id = :project and key = any (:keys) order by key for key share")
                .param("project", project.value()).param("keys", keys.toArray(String[]::new)).query((row, _) -> field(row)).list();
    }

    /** Locked until the transaction ends. */
    Optional<CustomField> findForUpdate(UUID id) {
        return db.sql("select * from custom_field where id = :id for update").param("id", id)
                .query((row, _) -> field(row)).optional();
    }

    /** Refused when the project has a field with this key. */
    void add(CustomField field) {
        var added = db.sql("""
                insert into custom_field (tenant_id, id, project_id, key, label, type, options, currency, required,
                                          created_at, version)
                values (:tenant, :id, :project, :key, :label, :type, :options, :currency, :required, :createdAt, 1)
                on conflict (tenant_id, project_id, key) do nothing
                """)
                .param("tenant", Tenancy.current().value()).param("id", field.id)
                .param("project", field.project.value()).param("key", field.key).param("label", field.label())
                .param("type", field.type.name()).param("options", field.options().toArray(String[]::new))
                .param("currency", field.currency.map(Currency::getCurrencyCode).orElse(null))
                .param("required", field.required()).param("createdAt", field.createdAt.atOffset(ZoneOffset.UTC)).update();
        if (added == 0) throw Refusal.conflict("custom_field_exists", "There is a field with this key already.");
        tell(field, 1, field.createdAt);
    }

    void save(CustomField field, Instant now) {
        db.sql("""
                update custom_field set label = :label, options = :options, required = :required,
                       archived_at = :archivedAt, version = version + 1
                 where id = :id
                """)
                .param("label", field.label()).param("options", field.options().toArray(String[]::new))
                .param("required", field.required())
                .param("archivedAt", field.archivedAt().map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null))
                .param("id", field.id).update();
        tell(field, field.storedVersion + 1, now);
    }

    private void tell(CustomField field, long version, Instant now) {
        outbox.append(field.takeEvents().stream().map(event -> new NewEvent(event, "custom_field", field.id, version,
                Optional.of(field.project), now, Cause.current())).toList());
    }

    private static CustomField field(ResultSet row) throws SQLException {
        return new CustomField(row.getObject("id", UUID.class), new ProjectId(row.getObject("project_id", UUID.class)),
                row.getString("key"), CustomField.Type.valueOf(row.getString("type")),
                Optional.ofNullable(row.getString("currency")).map(Currency::getInstance), row.getString("label"),
                List.of((String[]) row.getArray("options").getArray()), row.getBoolean("required"),
                Optional.ofNullable(row.getObject("archived_at", OffsetDateTime.class)).map(OffsetDateTime::toInstant),
                row.getObject("created_at", OffsetDateTime.class).toInstant(), row.getLong("version"));
    }
}

package com.ventros.crm.accounts;

import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.kernel.ProjectId;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps the projects of the bound tenant. */
@Repository
class ProjectBook {

    private final JdbcClient db;
    private final Outbox outbox;

    ProjectBook(JdbcClient db, Outbox outbox) {
        this.db = db;
        this.outbox = outbox;
    }

    /** Locked until the transaction ends. */
    Optional<Project> findForUpdate(ProjectId id) {
        return db.sql("select * from project where id = :id for update").param("id", id.value())
                .query((row, _) -> new Project(id, row.getLong("version"), row.getString("name"), row.getString("country"),
                        row.getString("time_zone"), row.getInt("session_timeout_minutes"))).optional();
    }

    void save(Project project, Instant now) {
        var events = project.takeEvents();
        if (events.isEmpty()) return;
        // Figures are counted by the database, whose time zones may be other years' than ours.
        var saved = db.sql("""
                update project set name = :name, country = :country, time_zone = :zone, session_timeout_minutes = :timeout, version = version + 1
                 where id = :id and (time_zone = :zone or exists (select from pg_timezone_names where name = :zone))
                """)
                .param("name", project.name()).param("country", project.country()).param("zone", project.timeZone())
                .param("timeout", project.sessionTimeoutMinutes()).param("id", project.id.value()).update();
        if (saved == 0) throw Project.unknownZone();
        outbox.append(events.stream().map(event -> new NewEvent(event, "project", project.id.value(), project.storedVersion + 1,
                Optional.of(project.id), now, Cause.current())).toList());
    }
}

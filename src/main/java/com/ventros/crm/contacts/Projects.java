package com.ventros.crm.contacts;

import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tenant's projects, as far as contacts must know them. */
@Component
class Projects {

    /** {@code country} tells how a number without country code is read, {@code zone} what a time without offset means. */
    record Project(ProjectId id, String country, ZoneId zone) {}

    private final JdbcClient db;

    Projects(JdbcClient db) {
        this.db = db;
    }

    /** The project asked for, or the only one there is. */
    Project orOnly(Optional<ProjectId> wanted) {
        var all = db.sql("select id, country, time_zone from project")
                .query((row, _) -> new Project(new ProjectId(row.getObject("id", UUID.class)),
                        row.getString("country"), ZoneId.of(row.getString("time_zone")))).list();
        if (wanted.isPresent()) {
            return all.stream().filter(project -> project.id().equals(wanted.get())).findFirst()
                    .orElseThrow(() -> Refusal.notFound("project"));
        }
        if (all.size() != 1) throw Refusal.invalid("projectId", "project_missing", "Say which project is meant.");
        return all.getFirst();
    }
}

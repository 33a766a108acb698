package com.ventros.crm.pipelines;

import com.ventros.crm.contacts.ContactId;
import com.ventros.crm.conversations.ContactTimeouts;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The silence that ends a session with whoever is in a pipeline that says so; in several, the most patient one's. */
@Component
class PipelineTimeouts implements ContactTimeouts {

    private final JdbcClient db;

    PipelineTimeouts(JdbcClient db) {
        this.db = db;
    }

    @Override
    public Map<ContactId, Duration> of(Collection<ContactId> contacts) {
        var timeouts = new HashMap<ContactId, Duration>();
        db.sql("""
                select k.id as contact_id, max(p.session_timeout_minutes) as minutes
                  from contact k join deal d on d.whole_id = k.whole_id join pipeline p on p.id = d.pipeline_id
                 where k.id = any (:contacts) and d.left_at is null and p.archived_at is null
                   and p.session_timeout_minutes is not null
                 group by k.id
                """).param("contacts", contacts.stream().map(ContactId::value).toArray(UUID[]::new))
                .query(row -> {
                    timeouts.put(new ContactId(row.getObject("contact_id", UUID.class)),
                            Duration.ofMinutes(row.getInt("minutes")));
                });
        return timeouts;
    }
}

package com.ventros.crm.contacts;

import com.ventros.crm.accounts.UserId;
import com.ventros.crm.contacts.NotificationEvent.NotificationSeen;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.kernel.Refusal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A member has seen what they were told; the first time counts, and their other screens hear of it. */
@Component
public class SeeNotifications {

    private final JdbcClient db;
    private final Outbox outbox;

    SeeNotifications(JdbcClient db, Outbox outbox) {
        this.db = db;
        this.outbox = outbox;
    }

    /** One of the member's own. */
    @Transactional
    public void one(UserId user, UUID id) {
        var known = db.sql("select 1 from notification where id = :id and user_id = :user").param("id", id).param("user", user.value())
                .query(Integer.class).optional();
        if (known.isEmpty()) throw Refusal.notFound("notification");
        tell(user, db.sql("update notification set seen_at = now() where id = :id and seen_at is null returning id")
                .param("id", id).query(UUID.class).list());
    }

    /** All that the member has been told until now. */
    @Transactional
    public void all(UserId user) {
        tell(user, db.sql("update notification set seen_at = now() where user_id = :user and seen_at is null returning id")
                .param("user", user.value()).query(UUID.class).list());
    }

    private void tell(UserId user, List<UUID> seen) {
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        outbox.append(seen.stream().map(id -> new NewEvent(new NotificationSeen(id, user.value()), "notification", id, 1, Optional.empty(), now,
                Cause.current())).toList());
    }
}

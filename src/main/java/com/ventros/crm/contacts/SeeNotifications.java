package com.ventros.crm.contacts;

import com.ventros.crm.accounts.UserId;
import com.ventros.crm.kernel.Refusal;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A member has seen what they were told; the first time counts. */
@Component
public class SeeNotifications {

    private final JdbcClient db;

    SeeNotifications(JdbcClient db) {
        this.db = db;
    }

    /** One of the member's own. */
    @Transactional
    public void one(UserId user, UUID id) {
        var seen = db.sql("update notification set seen_at = coalesce(seen_at, now()) where id = :id and user_id = :user")
                .param("id", id).param("user", user.value()).update();
        if (seen == 0) throw Refusal.notFound("notification");
    }

    /** All that the member has been told until now. */
    @Transactional
    public void all(UserId user) {
        db.sql("update notification set seen_at = now() where user_id = :user and seen_at is null").param("user", user.value()).update();
    }
}

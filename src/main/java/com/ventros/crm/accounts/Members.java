package com.ventros.crm.accounts;

import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.kernel.EmailAddress;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The people of the bound tenant. */
@Component
class Members {

    private final JdbcClient db;
    private final Outbox outbox;

    Members(JdbcClient db, Outbox outbox) {
        this.db = db;
        this.outbox = outbox;
    }

    /** Adds somebody new; refused when the address already belongs to somebody, here or in another company. */
    void add(UserId user, String name, EmailAddress email, String passwordHash, Role role, Instant now) {
        var at = now.atOffset(ZoneOffset.UTC);
        var added = db.sql("""
                insert into app_user (tenant_id, id, email, name, password_hash, created_at)
                values (:tenant, :id, :email, :name, :hash, :at) on conflict (email) do nothing
                """)
                .param("tenant", Tenancy.current().value()).param("id", user.value()).param("email", email.value())
                .param("name", name).param("hash", passwordHash).param("at", at)
                .update();
        if (added == 0) throw Refusal.conflict("email_taken", "Somebody already signs in with this e-mail address.");
        db.sql("""
                insert into membership (tenant_id, user_id, role, created_at) values (:tenant, :user, :role, :at)
                """)
                .param("tenant", Tenancy.current().value()).param("user", user.value()).param("role", role.name())
                .param("at", at).update();
        outbox.append(List.of(new NewEvent(
                new AccountEvent.MemberAdded(user.value(), name, email.value(), role.code()),
                "member", user.value(), 0, Optional.empty(), now, Cause.current())));
    }
}

package com.ventros.crm.contacts;

import com.ventros.crm.accounts.UserId;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Members are told that a contact's session was escalated to a team of which nobody is there. */
@Component
public class TellOfEscalation {

    private final JdbcClient db;
    private final Outbox outbox;

    TellOfEscalation(JdbcClient db, Outbox outbox) {
        this.db = db;
        this.outbox = outbox;
    }

    /** @param team as it is called */
    @Transactional
    public void handle(Collection<UserId> members, ContactId contact, UUID chat, UUID session, String team) {
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        var ids = members.stream().map(_ -> Uuids.v7()).toArray(UUID[]::new);
        var users = members.stream().map(UserId::value).toArray(UUID[]::new);
        db.sql("""
                insert into notification (tenant_id, id, user_id, contact_id, chat_id, session_id, team_name, created_at)
                select :tenant, n.id, n.member, :contact, :chat, :session, :team, :now from unnest(:ids::uuid[], :users::uuid[]) n (id, member)
                """)
                .param("tenant", Tenancy.current().value()).param("contact", contact.value()).param("chat", chat).param("session", session)
                .param("team", team).param("now", now.atOffset(ZoneOffset.UTC)).param("ids", ids).param("users", users).update();
        List<NewEvent> told = new ArrayList<>();
        for (int i = 0; i < ids.length; i++) {
            told.add(new NewEvent(new NotificationEvent.EscalationTold(ids[i], users[i], session), "notification", ids[i], 1, Optional.empty(),
                    now, Cause.current()));
        }
        outbox.append(told);
    }
}

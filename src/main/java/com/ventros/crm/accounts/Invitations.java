package com.ventros.crm.accounts;

import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.http.Paging;
import com.ventros.crm.kernel.EmailAddress;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.tenancy.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The invitations of the bound tenant that nobody has accepted or withdrawn yet. */
@Component
public class Invitations {

    /** How far the letter is. */
    public enum Mail { WAITING, SENT, FAILED }

    /**
     * Somebody who may join.
     *
     * @param invitedBy the user, or key, that invited them
     * @param mailError why the letter was given up
     */
    public record Invitation(UUID id, EmailAddress email, MemberRole role, UUID invitedBy, Instant createdAt, Instant expiresAt,
            Mail mail, Optional<String> mailError, long version) {}

    private static final String INVITATIONS = """
            select i.id, i.email, i.role, i.invited_by, i.created_at, i.expires_at, i.mail, i.mail_error, i.version,
                   r.id as role_id, r.name as role_name, r.permissions as role_permissions, r.version as role_version
              from invitation i left join custom_role r on r.tenant_id = i.tenant_id and r.id = i.role_id
            """;

    private final JdbcClient db;
    private final Outbox outbox;

    Invitations(JdbcClient db, Outbox outbox) {
        this.db = db;
        this.outbox = outbox;
    }

    /** The newest first, those included whose time has passed. */
    @Transactional(readOnly = true)
    public List<Invitation> list(Paging paging) {
        return db.sql(INVITATIONS + " where :after::uuid is null or i.id < :after::uuid order by i.id desc limit :limit")
                .param("after", paging.after().map(cursor -> cursor.uuid(0)).orElse(null)).param("limit", paging.fetch())
                .query((row, _) -> read(row)).list();
    }

    @Transactional(readOnly = true)
    public Optional<Invitation> find(UUID id) {
        return db.sql(INVITATIONS + " where i.id = :id").param("id", id).query((row, _) -> read(row)).optional();
    }

    /** Refused when the address is invited already. */
    void add(Invitation invitation) {
        var added = db.sql("""
                insert into invitation (tenant_id, id, email, role, role_id, invited_by, created_at, expires_at, mail, version)
                values (:tenant, :id, :email, :role, :roleId, :by, :at, :expires, :mail, :version)
                on conflict (tenant_id, email) do nothing
                """)
                .param("tenant", Tenancy.current().value()).param("id", invitation.id()).param("email", invitation.email().value())
                .param("role", Role.column(invitation.role())).param("roleId", Members.customId(invitation.role()))
                .param("by", invitation.invitedBy()).param("at", utc(invitation.createdAt()))
                .param("expires", utc(invitation.expiresAt())).param("mail", invitation.mail().name())
                .param("version", invitation.version()).update();
        if (added == 0) throw Refusal.conflict("already_invited", "This address is invited already; send the letter again.");
        tell(new AccountEvent.InvitationCreated(invitation.id(), invitation.email().value(), invitation.role().code(),
                invitation.expiresAt()), invitation.id(), invitation.version(), invitation.createdAt());
    }

    /** Lives on from now, and its letter waits once more. */
    void renew(Invitation invitation, Instant expiresAt, Instant now) {
        var renewed = db.sql("""
                update invitation set expires_at = :expires, mail = 'WAITING', mail_error = null, version = version + 1
                 where id = :id
                """).param("expires", utc(expiresAt)).param("id", invitation.id()).update();
        if (renewed == 0) throw Refusal.notFound("invitation");
        tell(new AccountEvent.InvitationResent(invitation.id(), expiresAt), invitation.id(), invitation.version() + 1, now);
    }

    void withdraw(Invitation invitation, Instant now) {
        if (!remove(invitation.id())) throw Refusal.notFound("invitation");
        tellWithdrawn(invitation, now);
    }

    /** One that is being accepted at this moment is accepted or withdrawn, and not both. */
    void withdrawThoseOf(UserId user, Instant now) {
        db.sql(INVITATIONS + " where i.invited_by = :user").param("user", user.value()).query((row, _) -> read(row)).list()
                .forEach(invitation -> {
                    if (remove(invitation.id())) tellWithdrawn(invitation, now);
                });
    }

    /** Nobody accepts it again: of two at once, one finds nothing to remove. */
    void accept(Invitation invitation, UserId user, Instant now) {
        if (!remove(invitation.id())) throw Refusal.notFound("invitation");
        tell(new AccountEvent.InvitationAccepted(invitation.id(), user.value()), invitation.id(), invitation.version() + 1, now);
    }

    /** Keeps the hash of the link that is about to be sent; empty when nobody can accept it any more. */
    Optional<Invitation> writeLink(UUID id, BearerToken token) {
        var written = db.sql("update invitation set hash = :hash where id = :id and expires_at > now()")
                .param("hash", token.hash()).param("id", id).update();
        return written == 0 ? Optional.empty() : find(id);
    }

    void mail(UUID id, Mail state, Optional<String> error) {
        db.sql("update invitation set mail = :mail, mail_error = :error where id = :id")
                .param("mail", state.name()).param("error", error.orElse(null)).param("id", id).update();
    }

    private boolean remove(UUID id) {
        return db.sql("delete from invitation where id = :id").param("id", id).update() == 1;
    }

    private void tellWithdrawn(Invitation invitation, Instant now) {
        tell(new AccountEvent.InvitationWithdrawn(invitation.id(), invitation.email().value()), invitation.id(),
                invitation.version() + 1, now);
    }

    private void tell(AccountEvent event, UUID id, long version, Instant at) {
        outbox.append(List.of(new NewEvent(event, "invitation", id, version, Optional.empty(), at, Cause.current())));
    }

    private static Invitation read(ResultSet row) throws SQLException {
        return new Invitation(row.getObject("id", UUID.class), new EmailAddress(row.getString("email")), Role.read(row),
                row.getObject("invited_by", UUID.class), row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(), Mail.valueOf(row.getString("mail")),
                Optional.ofNullable(row.getString("mail_error")), row.getLong("version"));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}

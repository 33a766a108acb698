package com.ventros.crm.accounts;

import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.http.Principal;
import com.ventros.crm.kernel.EmailAddress;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The people of the bound tenant. */
@Component
class Members {

    private record Row(UserId user, MemberRole role, boolean active, long version) {
        boolean isActiveOwner() {
            return role == Role.OWNER && active;
        }
    }

    private final JdbcClient db;
    private final Outbox outbox;

    Members(JdbcClient db, Outbox outbox) {
        this.db = db;
        this.outbox = outbox;
    }

    /** Adds somebody new; refused when the address already belongs to somebody, here or in another company. */
    void add(UserId user, String name, EmailAddress email, String passwordHash, MemberRole role, Instant now) {
        var at = now.atOffset(ZoneOffset.UTC);
        var added = db.sql("""
                insert into app_user (tenant_id, id, email, name, password_hash, created_at)
                values (:tenant, :id, :email, :name, :hash, :at) on conflict (email) do nothing
                """)
                .param("tenant", Tenancy.current().value()).param("id", user.value()).param("email", email.value())
                .param("name", name).param("hash", passwordHash).param("at", at)
                .update();
        if (added == 0) throw taken();
        db.sql("""
                insert into membership (tenant_id, user_id, role, role_id, created_at)
                values (:tenant, :user, :role, :roleId, :at)
                """)
                .param("tenant", Tenancy.current().value()).param("user", user.value()).param("role", Role.column(role))
                .param("roleId", customId(role)).param("at", at).update();
        outbox.append(List.of(new NewEvent(
                new AccountEvent.MemberAdded(user.value(), name, email.value(), role.code()),
                "member", user.value(), 0, Optional.empty(), now, Cause.current())));
    }

    /** The address names one person in the whole installation. */
    static Refusal taken() {
        return Refusal.conflict("email_taken", "Somebody already signs in with this e-mail address.");
    }

    /** A member, locked together with all owners, so that of two owners who unmake each other one comes too late. */
    Member find(UserId user) {
        var rows = db.sql("""
                select m.user_id, m.role, m.deactivated_at is null as active, m.version, m.role_id,
                       (select r.name from custom_role r where r.id = m.role_id) as role_name,
                       (select r.permissions from custom_role r where r.id = m.role_id) as role_permissions,
                       (select r.version from custom_role r where r.id = m.role_id) as role_version
                  from membership m
                 where m.user_id = :user or (m.role = 'OWNER' and m.deactivated_at is null)
                 order by m.user_id for update
                """).param("user", user.value())
                .query((row, _) -> new Row(new UserId(row.getObject("user_id", UUID.class)), Role.read(row),
                        row.getBoolean("active"), row.getLong("version"))).list();
        var own = rows.stream().filter(row -> row.user().equals(user)).findFirst()
                .orElseThrow(() -> Refusal.notFound("member"));
        var another = rows.stream().anyMatch(row -> row.isActiveOwner() && !row.user().equals(user));
        return new Member(user, own.role(), own.active(), own.version(), another);
    }

    void save(Member member, Instant now) {
        var events = member.takeEvents();
        if (events.isEmpty()) return;
        db.sql("""
                update membership
                   set role = :role, role_id = :roleId, version = version + 1,
                       deactivated_at = case when :active then null else coalesce(deactivated_at, :now) end
                 where user_id = :user
                """)
                .param("role", Role.column(member.role())).param("roleId", customId(member.role()))
                .param("active", member.isActive()).param("now", now.atOffset(ZoneOffset.UTC))
                .param("user", member.user.value()).update();
        outbox.append(events.stream().map(event -> new NewEvent(event, "member", member.user.value(),
                member.storedVersion + 1, Optional.empty(), now, Cause.current())).toList());
    }

    /** Keeps another name; the one before again is no change. */
    void rename(UserId user, String name, Instant now) {
        var renamed = db.sql("update app_user set name = :name where id = :id and name <> :name")
                .param("name", name).param("id", user.value()).update();
        if (renamed == 1) tell(user, new AccountEvent.MemberRenamed(user.value(), name), now);
    }

    /** Keeps another address to sign in with; refused when it already belongs to somebody, here or in another company. */
    void changeEmail(UserId user, EmailAddress before, EmailAddress email, Instant now) {
        int changed;
        try {
            changed = db.sql("update app_user set email = :email where id = :id and email = :before")
                    .param("email", email.value()).param("id", user.value()).param("before", before.value()).update();
        } catch (DuplicateKeyException twice) {
            throw taken();
        }
        if (changed == 0) throw Refusal.conflict("email_changed", "It has just been changed elsewhere.");
        forgetResets(user);
        tell(user, new AccountEvent.MemberEmailChanged(user.value(), email.value(), before.value()), now);
    }

    /** Keeps another password; false when it is no longer the one before. */
    boolean changePassword(UserId user, Optional<String> before, String hash, Instant now) {
        var changed = db.sql("""
                update app_user set password_hash = :hash
                 where id = :id and (:before::text is null or password_hash = :before)
                """)
                .param("hash", hash).param("id", user.value()).param("before", before.orElse(null)).update();
        if (changed == 0) return false;
        forgetResets(user);
        tell(user, new AccountEvent.MemberPasswordChanged(user.value(), before.isEmpty()), now);
        return true;
    }

    /** A link that was asked for before a change must not undo it. */
    private void forgetResets(UserId user) {
        db.sql("delete from password_reset where user_id = :id").param("id", user.value()).update();
    }

    /** What happened to a member or to how they get in; it is no version of what they may do. */
    void tell(UserId user, AccountEvent event, Instant now) {
        var version = db.sql("select version from membership where user_id = :user").param("user", user.value())
                .query(Long.class).single();
        outbox.append(List.of(new NewEvent(event, "member", user.value(), version, Optional.empty(), now, Cause.current())));
    }

    /** What the caller may give to others and take from them; a key is nobody's owner. */
    Authority authority(Principal caller) {
        var owner = caller.kind() == Principal.Kind.USER && db.sql("""
                select exists (select from membership where user_id = :user and role = 'OWNER' and deactivated_at is null)
                """).param("user", caller.id()).query(Boolean.class).single();
        return new Authority(caller.permissions(), owner);
    }

    static UUID customId(MemberRole role) {
        return role instanceof CustomRole custom ? custom.id() : null;
    }
}

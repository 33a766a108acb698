package com.ventros.crm.accounts;

import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The roles that the bound tenant has put together itself. */
@Component
class CustomRoles {

    private static final String ROLES = """
            select id as role_id, name as role_name, permissions as role_permissions, version as role_version from custom_role
            """;

    private final JdbcClient db;
    private final Outbox outbox;

    CustomRoles(JdbcClient db, Outbox outbox) {
        this.db = db;
        this.outbox = outbox;
    }

    /** The role with this code, built in or the company's own; refused when there is none. */
    MemberRole named(String code) {
        return Role.of(code).map(MemberRole.class::cast).or(() -> id(code).flatMap(id ->
                db.sql(ROLES + " where id = :id for share").param("id", id).query((row, _) -> CustomRole.read(row)).optional()))
                .orElseThrow(() -> Refusal.invalid("role", "unknown", "There is no such role."));
    }

    /** A role, locked until what happens to it is saved. */
    CustomRole find(UUID id) {
        return db.sql(ROLES + " where id = :id for update").param("id", id).query((row, _) -> CustomRole.read(row)).optional()
                .orElseThrow(() -> Refusal.notFound("role"));
    }

    long count() {
        return db.sql("select count(*) from custom_role").query(Long.class).single();
    }

    void add(CustomRole role, Instant now) {
        var added = db.sql("""
                insert into custom_role (tenant_id, id, name, permissions, created_at, version)
                values (:tenant, :id, :name, :permissions::text[], :at, :version)
                on conflict (tenant_id, lower(name)) do nothing
                """)
                .param("tenant", Tenancy.current().value()).param("id", role.id()).param("name", role.name())
                .param("permissions", role.columns()).param("at", now.atOffset(ZoneOffset.UTC))
                .param("version", role.version()).update();
        if (added == 0) throw taken();
        tell(new AccountEvent.RoleCreated(role.id(), role.name(), role.codes()), role, now);
    }

    void save(CustomRole role, Instant now) {
        var taken = db.sql("select exists (select from custom_role where lower(name) = lower(:name) and id <> :id)")
                .param("name", role.name()).param("id", role.id()).query(Boolean.class).single();
        if (taken) throw taken();
        db.sql("""
                update custom_role set name = :name, permissions = :permissions::text[], version = :version where id = :id
                """)
                .param("name", role.name()).param("permissions", role.columns()).param("version", role.version())
                .param("id", role.id()).update();
        tell(new AccountEvent.RoleUpdated(role.id(), role.name(), role.codes()), role, now);
    }

    /** Refused while somebody has it; the foreign key stands behind this. */
    void delete(CustomRole role, Instant now) {
        var used = db.sql("""
                select exists (select from membership where role_id = :id) or exists (select from invitation where role_id = :id)
                """).param("id", role.id()).query(Boolean.class).single();
        if (used) throw Refusal.conflict("role_in_use", "Somebody still has this role, or is invited to have it.");
        db.sql("delete from custom_role where id = :id").param("id", role.id()).update();
        tell(new AccountEvent.RoleDeleted(role.id(), role.name()), role, now);
    }

    private void tell(AccountEvent event, CustomRole role, Instant now) {
        outbox.append(List.of(new NewEvent(event, "role", role.id(), role.version(), Optional.empty(), now, Cause.current())));
    }

    static Refusal taken() {
        return Refusal.conflict("role_name_taken", "There is a role of this name.");
    }

    private static Optional<UUID> id(String code) {
        try {
            return Optional.of(UUID.fromString(code));
        } catch (IllegalArgumentException noId) {
            return Optional.empty();
        }
    }
}

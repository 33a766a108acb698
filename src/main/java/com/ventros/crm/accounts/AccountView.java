package com.ventros.crm.accounts;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What screens show about the bound tenant, its projects and its people. */
@Component
public class AccountView {

    /** A company. */
    public record Tenant(UUID id, String name) {}

    /** A project that the caller can work in. */
    public record Project(UUID id, String name, String timeZone, String country) {}

    /** A person of the team. */
    public record Member(UUID id, String name, String email, Role role, Instant createdAt) {}

    private static final String MEMBERS = """
            select u.id, u.name, u.email, m.role, u.created_at
              from app_user u join membership m on m.tenant_id = u.tenant_id and m.user_id = u.id
            """;

    private final JdbcClient db;

    AccountView(JdbcClient db) {
        this.db = db;
    }

    @Transactional(readOnly = true)
    public Tenant tenant() {
        return db.sql("select tenant_id as id, name from tenant").query(Tenant.class).single();
    }

    @Transactional(readOnly = true)
    public List<Project> projects() {
        return db.sql("select id, name, time_zone, country from project order by created_at, id")
                .query(Project.class).list();
    }

    @Transactional(readOnly = true)
    public Optional<Member> member(UserId user) {
        return members(MEMBERS + " where u.id = :id", user.value(), 1).stream().findFirst();
    }

    /** The team, in the order in which they joined. */
    @Transactional(readOnly = true)
    public List<Member> members(Optional<UUID> after, int limit) {
        return members(MEMBERS + " where :id::uuid is null or u.id > :id::uuid order by u.id limit :limit",
                after.orElse(null), limit);
    }

    private List<Member> members(String sql, UUID id, int limit) {
        return db.sql(sql).param("id", id).param("limit", limit)
                .query((row, _) -> new Member(row.getObject("id", UUID.class), row.getString("name"),
                        row.getString("email"), Role.valueOf(row.getString("role")),
                        row.getObject("created_at", OffsetDateTime.class).toInstant()))
                .list();
    }
}

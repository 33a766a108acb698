package com.ventros.crm.accounts;

import com.ventros.crm.http.Permission;
import com.ventros.crm.kernel.Refusal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What screens show about the bound tenant, its projects and its people. */
@Component
public class AccountView {

    /** A company. */
    public record Tenant(UUID id, String name) {}

    /**
     * A project that the caller can work in.
     *
     * @param country               in which numbers that people type are read
     * @param sessionTimeoutMinutes silence that ends a session where neither the channel nor the contact's pipeline has its own
     */
    public record Project(UUID id, String name, String timeZone, String country, int sessionTimeoutMinutes, long version) {}

    /** A person of the team. */
    public record Member(UUID id, String name, String email, MemberRole role, boolean active, boolean secondFactor, Instant createdAt, long version) {}

    /** A role with how many members have it. */
    public record Held(MemberRole role, long members) {}

    private static final String MEMBERS = """
            select u.id, u.name, u.email, m.role, m.deactivated_at is null as active,
                   f.user_id is not null as second_factor, u.created_at, m.version,
                   r.id as role_id, r.name as role_name, r.permissions as role_permissions, r.version as role_version
              from app_user u join membership m on m.tenant_id = u.tenant_id and m.user_id = u.id
              left join custom_role r on r.tenant_id = m.tenant_id and r.id = m.role_id
              left join second_factor f on f.tenant_id = u.tenant_id and f.user_id = u.id and f.confirmed_at is not null
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
        return db.sql("select id, name, time_zone, country, session_timeout_minutes, version from project order by created_at, id")
                .query(Project.class).list();
    }

    /** The project asked for, or the only one there is. */
    @Transactional(readOnly = true)
    public Project projectOrOnly(Optional<UUID> wanted) {
        var all = projects();
        if (wanted.isPresent()) {
            return all.stream().filter(one -> one.id().equals(wanted.get())).findFirst().orElseThrow(() -> Refusal.notFound("project"));
        }
        if (all.size() != 1) throw Refusal.invalid("projectId", "project_missing", "Say which project is meant.");
        return all.getFirst();
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

    /** All who are active and may do all of this. */
    @Transactional(readOnly = true)
    public List<UserId> whoMay(Set<Permission> permissions) {
        return members(MEMBERS + " where m.deactivated_at is null order by u.id", null, 0).stream()
                .filter(member -> member.role().permissions().containsAll(permissions)).map(member -> new UserId(member.id())).toList();
    }

    /** All roles, ours first and then those of the company by name. */
    @Transactional(readOnly = true)
    public List<Held> roles() {
        var counts = new HashMap<String, Long>();
        db.sql("select coalesce(role_id::text, lower(role)) as role, count(*) as members from membership group by 1")
                .query(row -> { counts.put(row.getString(1), row.getLong(2)); });
        var own = db.sql("""
                select id as role_id, name as role_name, permissions as role_permissions, version as role_version
                  from custom_role order by lower(name), id
                """).query((row, _) -> CustomRole.read(row)).list();
        return Stream.concat(Arrays.stream(Role.values()), own.stream())
                .map(role -> new Held(role, counts.getOrDefault(role.code(), 0L))).toList();
    }

    private List<Member> members(String sql, UUID id, int limit) {
        return db.sql(sql).param("id", id).param("limit", limit)
                .query((row, _) -> new Member(row.getObject("id", UUID.class), row.getString("name"),
                        row.getString("email"), Role.read(row), row.getBoolean("active"),
                        row.getBoolean("second_factor"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(), row.getLong("version")))
                .list();
    }
}

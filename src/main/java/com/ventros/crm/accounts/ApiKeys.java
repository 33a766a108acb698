package com.ventros.crm.accounts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.http.BearerScheme;
import com.ventros.crm.http.Paging;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Principal;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keys with which programs call the API: each may do a part of what its maker may, until it expires or is revoked. */
@Component
public class ApiKeys implements BearerScheme {

    private static final String PREFIX = "vk_";
    /** Enough of a key to tell it from others, and far too little to guess the rest. */
    private static final int SHOWN = PREFIX.length() + 6;
    /** How long another node may still accept a revoked key; spares a query per request. */
    private static final Duration REMEMBERED = Duration.ofSeconds(10);
    private static final int MAX_REMEMBERED = 10_000;
    /** "Last used" answers whether anybody still needs the key, not when exactly. */
    private static final Duration LAST_USED_STEP = Duration.ofMinutes(10);

    /**
     * A key as its owners see it, without the secret.
     *
     * @param createdBy the user, or key, that made it
     */
    public record ApiKey(UUID id, String name, String prefix, Set<Permission> scopes, UUID createdBy, Instant createdAt,
            Optional<Instant> expiresAt, Optional<Instant> lastUsedAt) {}

    /** A new key; the only time that its text is known. */
    public record Created(ApiKey key, String text) {
        @Override
        public String toString() {
            return "Created[" + key + "]";
        }
    }

    private record Known(Principal principal, Optional<Instant> expiresAt) {}

    private final JdbcClient db;
    private final JdbcClient system;
    private final Outbox outbox;
    private final Cache<ByteBuffer, Known> remembered =
            Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).expireAfterWrite(REMEMBERED).build();

    ApiKeys(JdbcClient db, @Qualifier("system") JdbcClient system, Outbox outbox) {
        this.db = db;
        this.system = system;
        this.outbox = outbox;
    }

    /** Makes a key; refused when it were to do more than its maker may, or to expire before it begins. */
    @Transactional
    public Created create(Principal maker, String name, Set<Permission> scopes, Optional<Instant> expiresAt) {
        var now = Instant.now();
        if (scopes.isEmpty()) throw Refusal.invalid("scopes", "required", "Name at least one scope.");
        if (!maker.permissions().containsAll(scopes)) {
            throw new Refusal(Refusal.Kind.FORBIDDEN, "scope_too_wide", "A key may do only what you may do.");
        }
        if (expiresAt.isPresent() && !expiresAt.get().isAfter(now)) {
            throw Refusal.invalid("expiresAt", "past", "The time of expiry has passed.");
        }
        var token = BearerToken.create(PREFIX);
        var key = new ApiKey(Uuids.v7(), Named.checked("name", name), token.text().substring(0, SHOWN), scopes, maker.id(),
                now, expiresAt, Optional.empty());
        db.sql("""
                insert into api_key (tenant_id, id, name, prefix, hash, scopes, created_by, created_at, expires_at)
                values (:tenant, :id, :name, :prefix, :hash, :scopes::text[], :by, :at, :expires)
                """)
                .param("tenant", Tenancy.current().value()).param("id", key.id()).param("name", key.name())
                .param("prefix", key.prefix()).param("hash", token.hash())
                .param("scopes", scopes.stream().map(Enum::name).sorted().toArray(String[]::new))
                .param("by", maker.id()).param("at", utc(now)).param("expires", expiresAt.map(ApiKeys::utc).orElse(null))
                .update();
        outbox.append(List.of(event(new AccountEvent.ApiKeyCreated(key.id(), key.name(), key.prefix(),
                scopes.stream().map(Permission::code).sorted().toList(), expiresAt.orElse(null)), key.id(), 0, now)));
        return new Created(key, token.text());
    }

    /** Keys that have not been revoked, the newest first. */
    @Transactional(readOnly = true)
    public List<ApiKey> list(Paging paging) {
        return db.sql("""
                select id, name, prefix, scopes, created_by, created_at, expires_at, last_used_at from api_key
                 where revoked_at is null and (:after::uuid is null or id < :after::uuid)
                 order by id desc limit :limit
                """)
                .param("after", paging.after().map(cursor -> cursor.uuid(0)).orElse(null))
                .param("limit", paging.fetch())
                .query((row, _) -> new ApiKey(row.getObject("id", UUID.class), row.getString("name"),
                        row.getString("prefix"), scopes(row), row.getObject("created_by", UUID.class),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        instant(row, "expires_at"), instant(row, "last_used_at")))
                .list();
    }

    /** From now on the key opens nothing; refused when it may do more than who revokes it. */
    @Transactional
    public void revoke(Principal by, UUID id) {
        var scopes = db.sql("select scopes from api_key where id = :id and revoked_at is null").param("id", id)
                .query((row, _) -> scopes(row)).optional().orElseThrow(() -> Refusal.notFound("api_key"));
        if (!by.permissions().containsAll(scopes)) {
            throw new Refusal(Refusal.Kind.FORBIDDEN, "key_too_wide", "This key may do more than you.");
        }
        var name = db.sql("""
                update api_key set revoked_at = now() where id = :id and revoked_at is null returning name
                """).param("id", id).query(String.class).optional().orElseThrow(() -> Refusal.notFound("api_key"));
        outbox.append(List.of(event(new AccountEvent.ApiKeyRevoked(id, name), id, 1, Instant.now())));
        remembered.asMap().values().removeIf(known -> known.principal().id().equals(id));
    }

    @Override
    public String prefix() {
        return PREFIX;
    }

    @Override
    public Optional<Principal> recognise(String token) {
        var hash = new BearerToken(token).hash();
        var key = ByteBuffer.wrap(hash);
        var known = Optional.ofNullable(remembered.getIfPresent(key)).or(() -> {
            var found = find(hash);
            found.ifPresent(one -> {
                remembered.put(key, one);
                noteUse(one.principal().id());
            });
            return found;
        });
        return known.filter(one -> one.expiresAt().isEmpty() || Instant.now().isBefore(one.expiresAt().get()))
                .map(Known::principal);
    }

    private Optional<Known> find(byte[] hash) {
        return system.sql("""
                select tenant_id, id, name, scopes, expires_at from api_key
                 where hash = :hash and revoked_at is null and (expires_at is null or expires_at > now())
                """)
                .param("hash", hash)
                .query((row, _) -> new Known(
                        new Principal(new TenantId(row.getObject("tenant_id", UUID.class)), Principal.Kind.API_KEY,
                                row.getObject("id", UUID.class), row.getString("name"), scopes(row)),
                        instant(row, "expires_at")))
                .optional();
    }

    private void noteUse(UUID id) {
        system.sql("""
                update api_key set last_used_at = now()
                 where id = :id and (last_used_at is null or last_used_at < now() - :step::interval)
                """).param("id", id).param("step", LAST_USED_STEP.toString()).update();
    }

    private static NewEvent event(AccountEvent what, UUID id, long version, Instant at) {
        return new NewEvent(what, "api_key", id, version, Optional.empty(), at, Cause.current());
    }

    private static Set<Permission> scopes(ResultSet row) throws SQLException {
        return Arrays.stream((String[]) row.getArray("scopes").getArray()).map(Permission::valueOf)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}

package com.ventros.crm.accounts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.ventros.crm.accounts.AccountEvent.MemberSignedIn;
import com.ventros.crm.accounts.AccountEvent.MemberSignedOut;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.http.BearerScheme;
import com.ventros.crm.http.Paging;
import com.ventros.crm.http.Principal;
import com.ventros.crm.kernel.Codes;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Who is signed in, and with which tokens: a short-lived one for requests and a refresh token that is used once.
 *
 * <p>Each refresh gives new ones. A refresh token that comes a second time was copied by somebody, so the whole
 * sign-in ends and both, thief and owner, have to know the password. Works across tenants, since a token is all that
 * a request brings.
 */
@Component
public class SignIns implements BearerScheme {

    /** As long as a stolen access token could serve. */
    static final Duration ACCESS_FOR = Duration.ofMinutes(15);
    /** Whoever comes back within a fortnight is still signed in. */
    static final Duration REFRESH_FOR = Duration.ofDays(14);
    /** After a quarter everybody shows their password again. */
    static final Duration SIGN_IN_FOR = Duration.ofDays(90);
    /** Two tabs, or a repeated request after a lost answer, may use one refresh token at nearly the same time. */
    static final Duration REUSE_GRACE = Duration.ofSeconds(10);
    /** How long another node may still accept an ended sign-in or an old role; spares a query per request. */
    private static final Duration REMEMBERED = Duration.ofSeconds(10);
    private static final int MAX_REMEMBERED = 10_000;

    private static final Logger log = LoggerFactory.getLogger(SignIns.class);
    private static final String ACCESS_PREFIX = "vs_";
    private static final String REFRESH_PREFIX = "vr_";

    /** What a signed-in browser holds. */
    public record Tokens(TenantId tenant, UserId user, String access, Duration accessFor, String refresh,
            Duration refreshFor) {
        @Override
        public String toString() {
            return "Tokens[hidden]";
        }
    }

    /**
     * From where somebody signs in, so that they know their sign-ins apart.
     *
     * @param address the network address
     * @param device  what the browser says it is
     */
    public record Client(String address, String device) {

        /** Some browsers tell more than anybody reads. */
        private static final int LONGEST_DEVICE = 300;

        public Client {
            if (device.length() > LONGEST_DEVICE) device = device.substring(0, LONGEST_DEVICE);
        }
    }

    /** A browser in which somebody is signed in. {@code lastUsedAt} is exact to the life of an access token. */
    public record Shown(UUID id, Instant createdAt, Instant lastUsedAt, Optional<String> address, Optional<String> device) {}

    /** Why a sign-in is over. */
    enum End { SIGNED_OUT, TOKEN_REUSED, REVOKED, PASSWORD_CHANGED, PASSWORD_RESET, FACTOR_RESET, DEACTIVATED }

    private record Known(UUID signIn, Principal principal, Instant expiresAt) {}

    private record Presented(TenantId tenant, UUID signIn, UserId user, Instant signInExpiresAt, Instant expiresAt,
            Optional<Instant> usedAt, boolean ended) {}

    private final JdbcClient db;
    private final JdbcClient system;
    private final TransactionTemplate transaction;
    private final TransactionTemplate ofTenant;
    private final Members members;
    private final Cache<ByteBuffer, Known> remembered =
            Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).expireAfterWrite(REMEMBERED).build();

    SignIns(JdbcClient db, @Qualifier("system") JdbcClient system,
            @Qualifier("system") PlatformTransactionManager transactions, TransactionTemplate ofTenant, Members members) {
        this.ofTenant = ofTenant;
        this.members = members;
        this.db = db;
        this.system = system;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Signs the user in, without asking anything more. */
    public Tokens begin(TenantId tenant, UserId user, Client from) {
        var signIn = Uuids.v7();
        var tokens = transaction.execute(_ -> {
            var now = Instant.now();
            system.sql("""
                    insert into sign_in (tenant_id, id, user_id, created_at, expires_at, last_used_at, address, device)
                    values (:tenant, :id, :user, :now, :expires, :now, :address, :device)
                    """)
                    .param("address", from.address()).param("device", from.device())
                    .param("tenant", tenant.value()).param("id", signIn).param("user", user.value())
                    .param("now", utc(now)).param("expires", utc(now.plus(SIGN_IN_FOR))).update();
            return issue(tenant, signIn, user, now, now.plus(SIGN_IN_FOR));
        });
        tell(tenant, user, new MemberSignedIn(user.value(), signIn, from.address(), from.device()));
        return tokens;
    }

    /** Who signs in or out is heard of by those who watch over the company. */
    void tell(TenantId tenant, UserId user, AccountEvent event) {
        var cause = Cause.bound().orElseGet(() -> Cause.outside(Actor.system("sign-ins"))).by(new Actor(Actor.Kind.USER, user.toString()));
        Tenancy.run(tenant, () -> cause.run(() -> ofTenant.executeWithoutResult(_ -> members.tell(user, event, Instant.now()))));
    }

    /** New tokens for a refresh token; empty when it is unknown, expired, or comes a second time. */
    public Optional<Tokens> refresh(String refreshToken, Client from) {
        return transaction.execute(_ -> {
            var now = Instant.now();
            var hash = new BearerToken(refreshToken).hash();
            var presented = presented(hash).orElse(null);
            if (presented == null || presented.ended() || !now.isBefore(presented.expiresAt())
                    || !now.isBefore(presented.signInExpiresAt())) {
                return Optional.empty();
            }
            if (presented.usedAt().isPresent() && now.isAfter(presented.usedAt().get().plus(REUSE_GRACE))) {
                log.warn("A refresh token of user {} came a second time; the sign-in has been ended", presented.user());
                end(presented.tenant(), presented.signIn(), End.TOKEN_REUSED);
                tell(presented.tenant(), presented.user(), signedOut(presented.user(), Optional.of(presented.signIn()), End.TOKEN_REUSED));
                return Optional.empty();
            }
            system.sql("""
                    update sign_in set last_used_at = :now, address = :address, device = :device
                     where tenant_id = :tenant and id = :id
                    """)
                    .param("now", utc(now)).param("address", from.address()).param("device", from.device())
                    .param("tenant", presented.tenant().value()).param("id", presented.signIn()).update();
            system.sql("update sign_in_token set used_at = :now where hash = :hash and used_at is null")
                    .param("now", utc(now)).param("hash", hash).update();
            return Optional.of(issue(presented.tenant(), presented.signIn(), presented.user(), now,
                    presented.signInExpiresAt()));
        });
    }

    /** Signs out the browser that holds this refresh token, with all its tokens. */
    public void end(String refreshToken) {
        transaction.executeWithoutResult(_ -> presented(new BearerToken(refreshToken).hash())
                .filter(presented -> !presented.ended())
                .ifPresent(presented -> {
                    end(presented.tenant(), presented.signIn(), End.SIGNED_OUT);
                    tell(presented.tenant(), presented.user(), signedOut(presented.user(), Optional.of(presented.signIn()), End.SIGNED_OUT));
                }));
    }

    private static MemberSignedOut signedOut(UserId user, Optional<UUID> signIn, End why) {
        return new MemberSignedOut(user.value(), signIn, Codes.of(why));
    }

    /** Where the user is signed in, the last sign-in first; served by the index of a user's open sign-ins. */
    @Transactional(readOnly = true)
    public List<Shown> of(UserId user, Paging paging) {
        return db.sql("""
                select id, created_at, coalesce(last_used_at, created_at) as last_used_at, address, device from sign_in
                 where user_id = :user and ended_at is null and expires_at > now()
                   and coalesce(last_used_at, created_at) > now() - :unused::interval
                   and (:after::uuid is null or id < :after::uuid)
                 order by id desc limit :limit
                """)
                .param("user", user.value()).param("unused", REFRESH_FOR.toString())
                .param("after", paging.after().map(cursor -> cursor.uuid(0)).orElse(null)).param("limit", paging.fetch())
                .query((row, _) -> new Shown(row.getObject("id", UUID.class),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        row.getObject("last_used_at", OffsetDateTime.class).toInstant(),
                        Optional.ofNullable(row.getString("address")), Optional.ofNullable(row.getString("device"))))
                .list();
    }

    /** Ends one of the user's own sign-ins, in whatever browser it is. */
    @Transactional
    public void revoke(UserId user, UUID signIn) {
        var ended = db.sql("""
                update sign_in set ended_at = now(), end_reason = 'REVOKED'
                 where user_id = :user and id = :id and ended_at is null
                """).param("user", user.value()).param("id", signIn).update();
        if (ended == 0) throw Refusal.notFound("sign_in");
        members.tell(user, signedOut(user, Optional.of(signIn), End.REVOKED), Instant.now());
        forget(known -> known.signIn().equals(signIn));
    }

    /** Ends all of the user's sign-ins but the one named. */
    @Transactional
    public void revokeOthers(UserId user, Optional<UUID> kept) {
        if (end(user, kept, End.REVOKED) == 0) return;
        members.tell(user, signedOut(user, Optional.empty(), End.REVOKED), Instant.now());
    }

    /** Signs the user of the bound tenant out everywhere, in the transaction of the reason. */
    @Transactional(propagation = Propagation.MANDATORY)
    void endAll(UserId user, End why) {
        end(user, Optional.empty(), why);
    }

    /** Returns how many are over now. */
    private int end(UserId user, Optional<UUID> kept, End why) {
        int ended = db.sql("""
                update sign_in set ended_at = now(), end_reason = :why
                 where user_id = :user and ended_at is null and id is distinct from :kept::uuid
                """)
                .param("why", why.name()).param("user", user.value()).param("kept", kept.orElse(null)).update();
        forget(known -> known.principal().id().equals(user.value()) && !kept.equals(Optional.of(known.signIn())));
        return ended;
    }

    /** What the user may do has changed, so it is looked up anew. */
    void forget(UserId user) {
        forget(known -> known.principal().id().equals(user.value()));
    }

    /** What many of the tenant may do has changed. */
    void forgetAll(TenantId tenant) {
        forget(known -> known.principal().tenant().equals(tenant));
    }

    /** After the commit: before it, a request in between would remember what was. */
    private void forget(Predicate<Known> which) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            remembered.asMap().values().removeIf(which);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                remembered.asMap().values().removeIf(which);
            }
        });
    }

    @Override
    public String prefix() {
        return ACCESS_PREFIX;
    }

    @Override
    public Optional<Principal> recognise(String token) {
        var hash = new BearerToken(token).hash();
        var key = ByteBuffer.wrap(hash);
        var known = Optional.ofNullable(remembered.getIfPresent(key)).or(() -> {
            var found = find(hash);
            found.ifPresent(one -> remembered.put(key, one));
            return found;
        });
        return known.filter(one -> Instant.now().isBefore(one.expiresAt())).map(Known::principal);
    }

    /** Removes what can serve nobody any more. */
    public int forgetExpired() {
        return system.sql("delete from sign_in_token where expires_at < now()").update()
                + system.sql("delete from sign_in where expires_at < now()").update();
    }

    private Optional<Known> find(byte[] hash) {
        return system.sql("""
                select t.tenant_id, t.expires_at, s.id as sign_in, u.id as user_id, u.name, m.role, r.id as role_id,
                       r.name as role_name, r.permissions as role_permissions, r.version as role_version
                  from sign_in_token t
                  join sign_in s on s.tenant_id = t.tenant_id and s.id = t.sign_in_id and s.ended_at is null
                  join app_user u on u.tenant_id = s.tenant_id and u.id = s.user_id
                  join membership m on m.tenant_id = u.tenant_id and m.user_id = u.id and m.deactivated_at is null
                  left join custom_role r on r.tenant_id = m.tenant_id and r.id = m.role_id
                 where t.hash = :hash and t.kind = 'ACCESS' and t.expires_at > now()
                """)
                .param("hash", hash)
                .query((row, _) -> new Known(row.getObject("sign_in", UUID.class),
                        new Principal(new TenantId(row.getObject("tenant_id", UUID.class)), Principal.Kind.USER,
                                row.getObject("user_id", UUID.class), row.getString("name"),
                                Role.read(row).permissions(), Optional.of(row.getObject("sign_in", UUID.class))),
                        row.getObject("expires_at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    /** Locks the sign-in, so that of two refreshes at once the second sees what the first did. */
    private Optional<Presented> presented(byte[] hash) {
        return system.sql("""
                select t.tenant_id, t.expires_at, t.used_at, s.id, s.user_id, s.expires_at as sign_in_expires_at,
                       s.ended_at is not null as ended
                  from sign_in_token t join sign_in s on s.tenant_id = t.tenant_id and s.id = t.sign_in_id
                 where t.hash = :hash and t.kind = 'REFRESH'
                   for update
                """)
                .param("hash", hash)
                .query((row, _) -> new Presented(new TenantId(row.getObject("tenant_id", UUID.class)),
                        row.getObject("id", UUID.class), new UserId(row.getObject("user_id", UUID.class)),
                        row.getObject("sign_in_expires_at", OffsetDateTime.class).toInstant(),
                        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                        Optional.ofNullable(row.getObject("used_at", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant),
                        row.getBoolean("ended")))
                .optional();
    }

    private Tokens issue(TenantId tenant, UUID signIn, UserId user, Instant now, Instant signInExpiresAt) {
        var access = BearerToken.create(ACCESS_PREFIX);
        var refresh = BearerToken.create(REFRESH_PREFIX);
        var refreshExpiry = min(now.plus(REFRESH_FOR), signInExpiresAt);
        insert(tenant, signIn, access, "ACCESS", min(now.plus(ACCESS_FOR), signInExpiresAt));
        insert(tenant, signIn, refresh, "REFRESH", refreshExpiry);
        return new Tokens(tenant, user, access.text(), ACCESS_FOR, refresh.text(),
                Duration.between(now, refreshExpiry));
    }

    private void insert(TenantId tenant, UUID signIn, BearerToken token, String kind, Instant expiresAt) {
        system.sql("""
                insert into sign_in_token (tenant_id, hash, sign_in_id, kind, expires_at)
                values (:tenant, :hash, :signIn, :kind, :expires)
                """)
                .param("tenant", tenant.value()).param("hash", token.hash()).param("signIn", signIn)
                .param("kind", kind).param("expires", utc(expiresAt)).update();
    }

    private void end(TenantId tenant, UUID signIn, End why) {
        system.sql("""
                update sign_in set ended_at = now(), end_reason = :reason
                 where tenant_id = :tenant and id = :id and ended_at is null
                """)
                .param("reason", why.name()).param("tenant", tenant.value()).param("id", signIn).update();
        forget(known -> known.signIn().equals(signIn));
    }

    private static Instant min(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}

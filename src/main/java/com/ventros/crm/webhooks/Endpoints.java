package com.ventros.crm.webhooks;

import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.http.AllowedAddresses;
import com.ventros.crm.http.Paging;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import com.ventros.crm.vault.SealedColumn;
import com.ventros.crm.vault.Secrets;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Where a tenant's own programs hear what happens. */
@Repository
public class Endpoints {

    private static final int LONGEST_URL = 500;
    /** More than a company has programs; each event is written once for each endpoint that wants it. */
    private static final int MOST_ENDPOINTS = 20;
    private static final int SECRET_BYTES = 32;

    /** An endpoint as its owners see it, without the secret. */
    public record Endpoint(UUID id, String url, List<String> eventTypes, boolean active, Instant createdAt, long version) {}

    /** A new endpoint; the only time that its secret is known. */
    public record Created(Endpoint endpoint, String secret) {
        @Override
        public String toString() {
            return "Created[" + endpoint + "]";
        }
    }

    private final JdbcClient db;
    private final Secrets secrets;
    private final Outbox outbox;
    private final AllowedAddresses allowed;
    private final SecureRandom random = new SecureRandom();

    Endpoints(JdbcClient db, Secrets secrets, Outbox outbox, WebhooksProperties settings) {
        this.db = db;
        this.secrets = secrets;
        this.outbox = outbox;
        this.allowed = new AllowedAddresses(settings.allowPrivateAddresses());
    }

    @Bean
    static SealedColumn sealedWebhookSecrets() {
        return new SealedColumn("webhook_endpoint", "id", "secret", (_, id) -> context(id));
    }

    @Transactional
    public Created create(String url, Collection<String> eventTypes) {
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        var endpoint = new Endpoint(Uuids.v7(), checked(url), checked(eventTypes), true, now, 0);
        // Two makers at once count one after the other.
        db.sql("select pg_advisory_xact_lock(hashtextextended('webhooks:' || :tenant, 0))")
                .param("tenant", Tenancy.current().toString()).query().listOfRows();
        if (db.sql("select count(*) from webhook_endpoint").query(Long.class).single() >= MOST_ENDPOINTS) {
            throw Refusal.conflict("too_many_endpoints", "There are at most " + MOST_ENDPOINTS + " endpoints.");
        }
        var secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        db.sql("""
                insert into webhook_endpoint (tenant_id, id, url, event_types, secret, active, created_at, version)
                values (:tenant, :id, :url, :types::text[], :secret, true, :at, 0)
                """)
                .param("tenant", Tenancy.current().value()).param("id", endpoint.id()).param("url", endpoint.url())
                .param("types", endpoint.eventTypes().toArray(String[]::new))
                .param("secret", secrets.encrypt(secret, context(endpoint.id())))
                .param("at", now.atOffset(ZoneOffset.UTC)).update();
        tell(new WebhookEvent.EndpointCreated(endpoint.id(), endpoint.url(), endpoint.eventTypes()), endpoint.id(), 0, now);
        return new Created(endpoint, Signature.text(secret));
    }

    /** The newest first. */
    @Transactional(readOnly = true)
    public List<Endpoint> list(Paging paging) {
        return db.sql("""
                select * from webhook_endpoint where :after::uuid is null or id < :after::uuid order by id desc limit :limit
                """)
                .param("after", paging.after().map(cursor -> cursor.uuid(0)).orElse(null)).param("limit", paging.fetch())
                .query((row, _) -> endpoint(row)).list();
    }

    @Transactional(readOnly = true)
    public Endpoint get(UUID id) {
        return find(id, "");
    }

    /** Changes what is given; refused when somebody else was faster. */
    @Transactional
    public Endpoint update(UUID id, Optional<String> url, Optional<List<String>> eventTypes, Optional<Boolean> active,
            LongConsumer version) {
        var known = find(id, " for update");
        version.accept(known.version());
        var now = Instant.now();
        var changed = new Endpoint(id, url.map(this::checked).orElse(known.url()),
                eventTypes.map(Endpoints::checked).orElse(known.eventTypes()), active.orElse(known.active()),
                known.createdAt(), known.version() + 1);
        db.sql("""
                update webhook_endpoint set url = :url, event_types = :types::text[], active = :active, version = :version
                 where id = :id
                """)
                .param("id", id).param("url", changed.url()).param("active", changed.active())
                .param("types", changed.eventTypes().toArray(String[]::new)).param("version", changed.version()).update();
        tell(new WebhookEvent.EndpointUpdated(id, changed.url(), changed.eventTypes(), changed.active()), id,
                changed.version(), now);
        return changed;
    }

    /** Its program is gone for good and says so. */
    @Transactional
    public void disable(UUID id) {
        db.sql("update webhook_endpoint set active = false, version = version + 1 where id = :id and active returning *")
                .param("id", id).query((row, _) -> endpoint(row)).optional()
                .ifPresent(gone -> tell(new WebhookEvent.EndpointDisabled(id, gone.url()), id, gone.version(), Instant.now()));
    }

    @Transactional
    public void delete(UUID id) {
        var gone = db.sql("delete from webhook_endpoint where id = :id returning *").param("id", id)
                .query((row, _) -> endpoint(row)).optional().orElseThrow(() -> Refusal.notFound("webhook_endpoint"));
        tell(new WebhookEvent.EndpointDeleted(id, gone.url()), id, gone.version() + 1, Instant.now());
    }

    /** Why requests must not go there now; names change their addresses, so it is asked before each. */
    public Optional<String> refusal(URI url) throws UnknownHostException {
        return allowed.refusalOfProgram(url);
    }

    /** The secret that signs what goes to the endpoint. */
    byte[] secret(UUID id, byte[] sealed) {
        return secrets.decrypt(sealed, context(id));
    }

    private static String context(UUID id) {
        return "webhook:" + id;
    }

    private Endpoint find(UUID id, String lock) {
        return db.sql("select * from webhook_endpoint where id = :id" + lock).param("id", id)
                .query((row, _) -> endpoint(row)).optional().orElseThrow(() -> Refusal.notFound("webhook_endpoint"));
    }

    private void tell(WebhookEvent what, UUID id, long version, Instant at) {
        outbox.append(List.of(new NewEvent(what, "webhook", id, version, Optional.empty(), at, Cause.current())));
    }

    private String checked(String typed) {
        if (typed == null || typed.isBlank() || typed.length() > LONGEST_URL) throw badUrl("is missing or too long");
        URI uri;
        try {
            uri = new URI(typed.strip());
        } catch (URISyntaxException notAnAddress) {
            throw badUrl("is not an address");
        }
        if (uri.getHost() == null) throw badUrl("names no host");
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) throw badUrl("must not hold a user name or #");
        try {
            if (allowed.refusalOfProgram(uri).isPresent()) throw badUrl("is not allowed: it has to begin with https:// and to lead outside");
        } catch (UnknownHostException notYet) {
            return uri.toString(); // a name that is set up later; it is asked again before each request
        }
        return uri.toString();
    }

    private static List<String> checked(Collection<String> eventTypes) {
        var wanted = new TreeSet<>(eventTypes);
        if (wanted.isEmpty()) throw Refusal.invalid("eventTypes", "required", "Name at least one event type.");
        if (!PublicEvents.names().containsAll(wanted)) {
            throw Refusal.invalid("eventTypes", "unknown", "There are only: " + String.join(", ", PublicEvents.names()) + ".");
        }
        return List.copyOf(wanted);
    }

    private static Refusal badUrl(String what) {
        return Refusal.invalid("url", "url_invalid", "The address " + what + ".");
    }

    private static Endpoint endpoint(ResultSet row) throws SQLException {
        return new Endpoint(row.getObject("id", UUID.class), row.getString("url"),
                Arrays.asList((String[]) row.getArray("event_types").getArray()), row.getBoolean("active"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(), row.getLong("version"));
    }
}

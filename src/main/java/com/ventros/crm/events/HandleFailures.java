package com.ventros.crm.events;

import com.ventros.crm.events.Broker.Lane;
import com.ventros.crm.events.Broker.Publication;
import com.ventros.crm.events.Broker.Refused;
import com.ventros.crm.events.catalog.Catalogue;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What people do with failures: repeat, mend, try out, discard. Row and event are one transaction of the failure's own
 * tenant, so row security stands behind each act; what belongs to nobody is acted upon by the installation's operators,
 * and their own tenant's log tells of it.
 */
@Component
public class HandleFailures {

    /** Failures of one transaction: some hundred share a commit and a window of confirms. */
    private static final int BATCH = 200;
    /** Of one request, which must answer in time; the caller asks again for the rest. */
    private static final int MOST_AT_ONCE = 5_000;
    private static final Duration CONFIRM_WAIT = Duration.ofSeconds(10);
    /** The inbox remembers a little longer than this: until then a repetition cannot have an effect twice. */
    private static final Duration REPEATABLE = Topology.DEAD_LETTERS_KEPT;
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    /**
     * What became of many.
     *
     * @param handled so many were repeated or discarded
     * @param skipped so many could not be: their queue does not take them at the moment
     * @param more    whether there were more than one request handles
     */
    public record Handled(int handled, int skipped, boolean more) {}

    private record Found(UUID id, UUID tenantId) {}

    private record Failure(UUID id, String source, UUID messageId, String code, Map<String, String> headers,
            byte[] body, long version, Instant firstAt) {

        /** Refused by the broker on its way to everybody who listens, and still in the outbox. */
        boolean neverPublished() {
            return source.startsWith(Topology.DOMAIN_EVENTS);
        }

        boolean tooOld() {
            return firstAt.isBefore(Instant.now().minus(REPEATABLE));
        }
    }

    /** One act on the failures of one owner, in a transaction; those that it was done to. */
    @FunctionalInterface
    private interface Act {
        List<Failure> on(JdbcClient rows, List<Failure> failures);
    }

    private final JdbcClient db;
    private final JdbcClient system;
    private final TransactionTemplate transaction;
    private final TransactionTemplate apart;
    private final TransactionTemplate systemTransaction;
    private final Broker broker;
    private final Outbox outbox;
    private final Consumers consumers;
    private final Catalogue catalogue;
    private final EventMaintenance maintenance;

    HandleFailures(JdbcClient db, @Qualifier("system") JdbcClient system, PlatformTransactionManager transactions,
            @Qualifier("system") PlatformTransactionManager systemTransactions, Broker broker, Outbox outbox,
            Consumers consumers, Catalogue catalogue, EventMaintenance maintenance) {
        this.db = db;
        this.system = system;
        this.transaction = new TransactionTemplate(transactions);
        this.apart = new TransactionTemplate(transactions);
        this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.systemTransaction = new TransactionTemplate(systemTransactions);
        this.broker = broker;
        this.outbox = outbox;
        this.consumers = consumers;
        this.catalogue = catalogue;
        this.maintenance = maintenance;
    }

    /** Sends one failure to its own queue once more, with a ladder of its own. The bound tenant is the caller's. */
    public void retry(Optional<TenantId> tenant, UUID id) {
        one(tenant, id, (rows, failures) -> {
            if (failures.getFirst().tooOld()) {
                throw Refusal.conflict("failure_too_old", "It is so old that a repetition could have its effect twice.");
            }
            var kept = publish(failures, Lane.INTERACTIVE);
            if (kept.isEmpty()) {
                throw new Refusal(Refusal.Kind.UNAVAILABLE, "failure_queue_unavailable", "Its queue does not take it at the moment.");
            }
            return retried(rows, kept);
        });
    }

    /** Sends many through the bulk lane, so that nobody waits behind them, the oldest first; what is too old stays. */
    public Handled retryAll(FailureFilter which) {
        var repeatable = Instant.now().minus(REPEATABLE);
        return all(which, repeatable, (rows, failures) -> Lane.BULK.call(() -> retried(rows, publish(failures, Lane.BULK))));
    }

    /** Decides that one is not to be repeated. */
    public void discard(Optional<TenantId> tenant, UUID id, String reason) {
        one(tenant, id, (rows, failures) -> discarded(rows, failures, reason));
    }

    /** Decides so for many. */
    public Handled discardAll(FailureFilter which, String reason) {
        return all(which, Instant.EPOCH, (rows, failures) -> Lane.BULK.call(() -> discarded(rows, failures, reason)));
    }

    /**
     * Puts other data into a failed event, which then is of its type's newest version. What a provider sent is evidence
     * and stays as it came.
     *
     * @param version the one that the caller has seen
     */
    public void edit(Optional<TenantId> tenant, UUID id, long version, JsonNode data) {
        one(tenant, id, (rows, failures) -> {
            var failure = failures.getFirst();
            if (failure.version() != version) {
                throw new Refusal(Refusal.Kind.STALE, "version_stale", "It has been changed since you read it; read it again.");
            }
            var event = event(failure).orElseThrow(() ->
                    Refusal.conflict("failure_not_editable", "Only the data of our own events can be changed."));
            catalogue.flaw(event.type(), data).ifPresent(flaw -> {
                throw Refusal.invalid("data", "not_of_its_type", flaw);
            });
            var body = (ObjectNode) EventJson.MAPPER.readTree(failure.body());
            body.put("version", catalogue.version(event.type()));
            body.set("data", data);
            rows.sql("""
                    update failures set original_body = coalesce(original_body, body), body = :body, version = version + 1
                     where id = :id
                    """)
                    .param("id", id).param("body", EventJson.MAPPER.writeValueAsBytes(body)).update();
            raise(failures, one -> new FailureEvent.FailureEdited(one.id(), one.source(), one.messageId(), one.code()));
            return failures;
        });
    }

    /** Lets the consumer of a failed event work on it, takes everything back, and tells how it went. */
    public Rehearsal dryRun(Optional<TenantId> tenant, UUID id) {
        var failure = inTransactionOf(owner(tenant, id), rows -> open(rows, List.of(id))).stream().findFirst()
                .orElseThrow(HandleFailures::notOpen);
        return consumers.rehearse(consumer(failure.source()).orElseThrow(() ->
                Refusal.conflict("dry_run_impossible", "Only a consumer of events can be tried out.")), failure.body());
    }

    /** The consumer of events that gave up; empty for the failures of anything else. */
    public static Optional<String> consumer(String source) {
        return source.startsWith(Topology.CONSUMER_PREFIX)
                ? Optional.of(source.substring(Topology.CONSUMER_PREFIX.length())) : Optional.empty();
    }

    private static Optional<Envelope> event(Failure failure) {
        if (consumer(failure.source()).isEmpty()) return Optional.empty();
        try {
            return Optional.of(EventJson.read(failure.body()));
        } catch (PermanentFailure unreadable) {
            return Optional.empty();
        }
    }

    // --- acts

    /** Those that are kept by the broker. Before the commit: a crash in between repeats without a trace, never loses. */
    private List<Failure> publish(List<Failure> failures, Lane lane) {
        if (failures.isEmpty()) return failures;
        var refused = broker.publish(failures.stream().map(failure -> publication(failure, lane)).toList(), CONFIRM_WAIT)
                .stream().map(Refused::publication).map(Publication::id).collect(Collectors.toSet());
        return failures.stream().filter(failure -> !refused.contains(failure.messageId())).toList();
    }

    private static Publication publication(Failure failure, Lane lane) {
        var headers = new LinkedHashMap<>(failure.headers());
        headers.keySet().removeAll(Headers.OF_FAILURES);
        // Nobody got what was never published; whoever gets it now has no failure to tell of.
        if (!failure.neverPublished()) headers.put(Headers.FAILURE, failure.id().toString());
        return new Publication(failure.messageId(), failure.source(), lane, headers, failure.body());
    }

    private List<Failure> retried(JdbcClient rows, List<Failure> failures) {
        var published = failures.stream().filter(Failure::neverPublished).toList();
        set(rows, published, "resolved", null);
        set(rows, failures.stream().filter(failure -> !failure.neverPublished()).toList(), "retried", null);
        forgetRefused(published);
        raise(failures, one -> new FailureEvent.FailureRetried(one.id(), one.source(), one.messageId(), one.code()));
        return failures;
    }

    private List<Failure> discarded(JdbcClient rows, List<Failure> failures, String reason) {
        set(rows, failures, "discarded", reason);
        forgetRefused(failures.stream().filter(Failure::neverPublished).toList());
        raise(failures, one -> new FailureEvent.FailureDiscarded(one.id(), one.source(), one.messageId(), one.code(), reason));
        return failures;
    }

    private static void set(JdbcClient rows, List<Failure> failures, String state, String note) {
        if (failures.isEmpty()) return;
        rows.sql("update failures set state = :state, note = :note, version = version + 1 where id = any(:ids::uuid[])")
                .param("state", state).param("note", note)
                .param("ids", failures.stream().map(Failure::id).toArray(UUID[]::new)).update();
    }

    /** The relay set them aside in the outbox; now they have gone, or are not to go. */
    private void forgetRefused(List<Failure> failures) {
        if (failures.isEmpty()) return;
        db.sql("delete from outbox_events where attempts > 0 and state = 'failed' and id = any(:ids::uuid[])")
                .param("ids", failures.stream().map(Failure::messageId).toArray(UUID[]::new)).update();
    }

    private void raise(List<Failure> failures, Function<Failure, FailureEvent> event) {
        var now = Instant.now();
        outbox.append(failures.stream().map(failure -> new NewEvent(event.apply(failure), "failure", failure.id(),
                failure.version() + 1, Optional.empty(), now, Cause.current())).toList());
    }

    // --- which

    private void one(Optional<TenantId> tenant, UUID id, Act act) {
        inTransactionOf(owner(tenant, id), rows -> {
            var failures = open(rows, List.of(id));
            if (failures.isEmpty()) throw notOpen();
            return act.on(rows, failures);
        });
        maintenance.soon();
    }

    private static Refusal notOpen() {
        return Refusal.conflict("failure_not_open", "It has been repeated or discarded already.");
    }

    private Optional<TenantId> owner(Optional<TenantId> tenant, UUID id) {
        var filter = FailureFilter.one(tenant, id);
        return Optional.ofNullable(system.sql("select id, tenant_id from failures where " + filter.where())
                .params(filter.params()).query(Found.class).optional()
                .orElseThrow(() -> Refusal.notFound("failure")).tenantId()).map(TenantId::new);
    }

    private Handled all(FailureFilter which, Instant failedSince, Act act) {
        int handled = 0;
        int looked = 0;
        var after = new UUID(0, 0);
        List<Found> page;
        do {
            page = system.sql("select id, tenant_id from failures where state = 'open' and id > :after and first_at >= :since and "
                            + which.where() + " order by id limit :most")
                    .params(which.params()).param("after", after).param("since", failedSince.atOffset(ZoneOffset.UTC)).param("most", BATCH).query(Found.class).list();
            if (page.isEmpty()) break;
            after = page.getLast().id();
            looked += page.size();
            for (var owned : page.stream().collect(Collectors.groupingBy(found -> Optional.ofNullable(found.tenantId()))).entrySet()) {
                var ids = owned.getValue().stream().map(Found::id).toList();
                handled += inTransactionOf(owned.getKey().map(TenantId::new), rows -> act.on(rows, open(rows, ids)).size());
            }
        } while (page.size() == BATCH && looked < MOST_AT_ONCE);
        if (handled > 0) maintenance.soon();
        return new Handled(handled, looked - handled, page.size() == BATCH);
    }

    /** Of nobody's failures the caller's own tenant keeps the event, whose transaction then commits before the row's. */
    private <T> T inTransactionOf(Optional<TenantId> owner, Function<JdbcClient, T> work) {
        if (owner.isPresent()) {
            // A request's transaction, if there is one, is bound to the caller's tenant and of no use for another's rows.
            var own = owner.equals(Tenancy.bound()) ? transaction : apart;
            return Tenancy.call(owner.get(), () -> own.execute(_ -> work.apply(db)));
        }
        return systemTransaction.execute(_ -> transaction.execute(_ -> work.apply(system)));
    }

    private static List<Failure> open(JdbcClient rows, List<UUID> ids) {
        return rows.sql("""
                select id, source, message_id, code, headers::text, body, version, first_at
                  from failures where id = any(:ids::uuid[]) and state = 'open' order by id for update
                """)
                .param("ids", ids.toArray(UUID[]::new))
                .query((row, _) -> new Failure(row.getObject(1, UUID.class), row.getString(2), row.getObject(3, UUID.class),
                        row.getString(4), EventJson.MAPPER.readValue(row.getString(5), TEXTS),
                        row.getBytes(6), row.getLong(7), row.getObject(8, OffsetDateTime.class).toInstant()))
                .list();
    }
}

package com.ventros.crm.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestTenant;
import com.ventros.crm.conversations.MessageEvent.MessageReacted;
import com.ventros.crm.events.catalog.Catalogue;
import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.EventType;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Events as they were written by every release, read today: from the broker, from the log, and in a replay. */
@DatabaseTest
class EveryVersionTests {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Path FIXTURES = Path.of("src/test/resources/events");

    @Autowired
    JdbcClient db;

    @Autowired
    @Qualifier("system")
    JdbcClient system;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Broker broker;

    @Autowired
    Consumers consumers;

    @Autowired
    Upcasters upcasters;

    @Autowired
    EventLog eventLog;

    @Autowired
    Replays replays;

    @Autowired
    Catalogue catalogue;

    @Test
    void everyEventEverRegisteredIsReadAsItsNewestVersion() throws Exception {
        var tenant = TestTenant.create(db, transaction);
        var written = written(tenant);
        var live = new CopyOnWriteArrayList<Envelope>();
        var replayed = new CopyOnWriteArrayList<Envelope>();
        var consumer = everything(written, live, replayed);
        try (var _ = consumers.listen(consumer)) {
            // Straight into the log, and with the broker, as an earlier release did.
            Tenancy.run(tenant.tenant(), () -> transaction.executeWithoutResult(_ -> written.forEach(this::keep)));
            assertThat(broker.publish(written.stream().map(event -> new Broker.Publication(event.id(),
                    "crm." + consumer.name(), Broker.Lane.INTERACTIVE,
                    Map.of(Headers.TENANT, tenant.tenant().toString(), Headers.TYPE, event.type()), EventJson.write(event)))
                    .toList(), Duration.ofSeconds(10))).isEmpty();
            await().atMost(SOON).until(() -> live.size() == written.size());

            var types = written.stream().map(Envelope::type).distinct().toList();
            var logged = Tenancy.<List<Envelope>, RuntimeException>call(tenant.tenant(), () -> transaction.execute(_ ->
                    eventLog.read(new EventLog.Selection(types, Optional.empty(), Optional.empty(), Optional.empty()), 0,
                            Long.MAX_VALUE, written.size() + 1))).stream().map(upcasters::newest).toList();
            var replay = Tenancy.call(tenant.tenant(), () -> Cause.outside(Actor.system("test")).call(() ->
                    replays.start(new Replays.Request(consumer.name(), Set.copyOf(types), Optional.empty(), Optional.empty(),
                            Optional.empty(), Optional.empty()))));
            await().atMost(SOON).until(() -> Tenancy.call(tenant.tenant(), () -> replays.find(replay.id())).state().equals("done"));

            assertThat(logged).hasSameSizeAs(written);
            assertThat(replayed).hasSameSizeAs(written);
            for (var reading : List.of(live, logged, replayed)) assertNewest(reading);
        }
    }

    /** {@code message.reacted} of version 1 said by an empty emoji that the reaction was taken back. */
    @Test
    void aReactionThatWasTakenBackHasNoEmoji() throws Exception {
        var old = envelope(TestTenant.create(db, transaction), "message.reacted", 1, 1);
        assertThat(old.data().path("emoji").asString()).isEmpty();
        assertThat(upcasters.newest(old).dataAs(MessageReacted.class).emoji()).isEmpty();

        var put = ((tools.jackson.databind.node.ObjectNode) old.data()).put("emoji", "👍");
        assertThat(put.path("emoji").asString()).isEqualTo("👍");
        assertThat(upcasters.newest(old).dataAs(MessageReacted.class).emoji()).contains("👍");
    }

    private void assertNewest(List<Envelope> events) {
        var newest = new HashMap<String, Catalogue.Entry>();
        catalogue.entries().forEach(entry -> newest.put(entry.type(), entry));
        var records = records();
        for (var event : events) {
            var entry = newest.get(event.type());
            assertThat(event.version()).as(event.type()).isEqualTo(entry.version());
            assertThat(((Map<?, ?>) entry.schema().get("properties")).keySet().stream().map(Object::toString).toList())
                    .as(event.type()).containsAll(event.data().propertyNames());
            assertThat(event.dataAs(records.get(event.type()))).as(event.type()).hasNoNullFieldsOrProperties();
        }
    }

    private static Map<String, Class<? extends DomainEvent>> records() {
        var records = new HashMap<String, Class<? extends DomainEvent>>();
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AssignableTypeFilter(DomainEvent.class));
        for (var found : scanner.findCandidateComponents("com.ventros.crm")) {
            try {
                var type = Class.forName(found.getBeanClassName()).asSubclass(DomainEvent.class);
                if (type.isAnnotationPresent(EventType.class)) records.put(type.getAnnotation(EventType.class).value(), type);
            } catch (ClassNotFoundException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        return records;
    }

    private static List<Envelope> written(TestTenant tenant) throws Exception {
        var events = new ArrayList<Envelope>();
        try (var types = Files.list(FIXTURES)) {
            for (var type : types.sorted().toList()) {
                try (var versions = Files.list(type)) {
                    for (var file : versions.sorted().toList()) {
                        var version = Integer.parseInt(file.getFileName().toString().replaceAll("\\D+", " ").strip());
                        events.add(envelope(tenant, type.getFileName().toString(), version, events.size() + 1));
                    }
                }
            }
        }
        return events;
    }

    private static Envelope envelope(TestTenant tenant, String type, int version, long position) throws Exception {
        var data = EventJson.MAPPER.readTree(Files.readAllBytes(FIXTURES.resolve(type).resolve("v" + version + ".json")));
        return new Envelope(Uuids.v7(), type, version, Instant.parse("2026-11-20T12:00:00Z"), tenant.tenant(), Optional.empty(),
                type.substring(0, type.indexOf('.')), Uuids.v7(), 1, position, Uuids.v7(), Optional.empty(),
                Actor.system("test"), Optional.empty(), data);
    }

    private void keep(Envelope event) {
        db.sql("""
                insert into domain_event_logs (tenant_id, id, position, type, version, aggregate_type, aggregate_id,
                        aggregate_version, occurred_at, correlation_id, actor_kind, actor_id, data)
                values (:tenant, :id, nextval('event_position'), :type, :version, :aggregateType, :aggregate, 1, :at, :correlation,
                        'SYSTEM', 'test', :data::jsonb)
                """)
                .param("tenant", event.tenantId().value()).param("id", event.id())
                .param("type", event.type()).param("version", event.version()).param("aggregateType", event.aggregateType())
                .param("aggregate", event.aggregateId()).param("at", event.occurredAt().atOffset(java.time.ZoneOffset.UTC))
                .param("correlation", event.correlationId()).param("data", event.data().toString()).update();
    }

    /** Hears all there is, and keeps what is one of these. */
    private static EventConsumer everything(List<Envelope> these, List<Envelope> live, List<Envelope> replayed) {
        var ids = these.stream().map(Envelope::id).toList();
        var name = "test-" + Uuids.v7();
        return new EventConsumer() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Set<String> patterns() {
                return Set.of("#");
            }

            @Override
            public OnReplay onReplay() {
                return new OnReplay.Repeat();
            }

            @Override
            public void handle(List<Envelope> events) {
                events.stream().filter(event -> ids.contains(event.id()))
                        .forEach(event -> (Replayed.current().isPresent() ? replayed : live).add(event));
            }
        };
    }
}

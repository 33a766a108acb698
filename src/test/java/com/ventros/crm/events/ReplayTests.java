package com.ventros.crm.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import com.ventros.crm.events.Broker.Delivery;
import com.ventros.crm.events.Broker.Lane;
import com.ventros.crm.http.Permission;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@DatabaseTest
class ReplayTests {

    /** Generous: two cores may be busy with others. */
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String PATH = "/api/v1/operations/replays";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient db;

    @Autowired
    @Qualifier("system")
    JdbcClient system;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Outbox outbox;

    @Autowired
    Consumers consumers;

    @Autowired
    EventLog eventLog;

    @Autowired
    Replays replays;

    private record Heard(UUID event, Optional<Replayed> mark, Lane lane) {}

    private final UUID bottle = Uuids.v7();
    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final List<Broker.Subscription> open = new ArrayList<>();
    private TestTenant tenant;
    private Api api;

    @BeforeEach
    void aNewTenant() {
        tenant = TestTenant.create(db, transaction);
        api = Api.anonymous(port).as(TestCallers.mayAll(tenant.tenant()));
    }

    @AfterEach
    void closeConsumers() {
        open.forEach(Broker.Subscription::close);
        system.sql("delete from broker_queues where name like 'crm.test-%'").update();
    }

    @Test
    void aReplayDeliversEachEventOnceMoreWithItsMarkByTheBulkLane() {
        var listener = listen(new OnReplay.Repeat());
        fill(30);
        await().atMost(SOON).until(() -> heard.size() == 30);
        var replay = start(Map.of("consumer", listener.name()));
        done(replay);

        var again = heard.subList(30, heard.size());
        assertThat(again).hasSize(30).allSatisfy(one -> {
            assertThat(one.mark()).contains(new Replayed(replay, Optional.empty()));
            assertThat(one.lane()).isEqualTo(Lane.BULK);
        });
        assertThat(again).extracting(Heard::event).containsExactlyElementsOf(heard.subList(0, 30).stream().map(Heard::event).toList());

        done(start(Map.of("consumer", listener.name())));
        assertThat(heard).as("the next replay is another one").hasSize(90);
    }

    @Test
    void aRedeliveryOfAReplayIsDroppedAndItsEventIsNotDeliveredAsNewEither() {
        var listener = listen(new OnReplay.Repeat());
        fill(1);
        await().atMost(SOON).until(() -> heard.size() == 1);
        var replay = start(Map.of("consumer", listener.name()));
        done(replay);
        assertThat(heard).hasSize(2);

        var event = events().getFirst();
        var headers = Map.of(Headers.TENANT, tenant.tenant().toString(), Headers.TYPE, event.type());
        consumers.handle(listener, List.of(new Delivery(Uuids.v7(), "crm." + listener.name(), 1, headers, EventJson.write(event)),
                new Delivery(Uuids.v7(), "crm." + listener.name(), Lane.BULK, 1,
                        Map.of(Headers.REPLAY, replay.toString()), EventJson.write(event))));
        assertThat(heard).hasSize(2);
        assertThat(api.get(PATH + "/" + replay).json().path("applied").asLong()).isEqualTo(1);
    }

    @Test
    void onlyTheEventsThatAreMeantAreDelivered() {
        var listener = listen(new OnReplay.Repeat());
        fill(4);
        var other = Uuids.v7();
        append(List.of(Bottle.filled(other, 1), Bottle.opened(bottle)));
        await().atMost(SOON).until(() -> heard.size() == 6);
        var dry = api.post(PATH, Map.of("consumer", listener.name(), "types", List.of("bottle.*"), "dryRun", true)).json();
        assertThat(dry.path("events").asLong()).isEqualTo(6);
        assertThat(dry.path("counts").get(0).toString())
                .isEqualTo("{\"consumer\":\"" + listener.name() + "\",\"type\":\"bottle.filled\",\"events\":5}");
        assertThat(heard).as("a dry run delivers nothing").hasSize(6);

        done(start(Map.of("consumer", listener.name(), "aggregateId", other)));
        assertThat(heard).hasSize(7);
        done(start(Map.of("consumer", listener.name(), "types", List.of("bottle.opened"))));
        assertThat(heard).hasSize(8);
        done(start(Map.of("consumer", listener.name(), "to", "2026-01-01T00:00:00Z")));
        assertThat(heard).hasSize(8);
    }

    @Test
    void aReplayIsPausedResumedAndCancelledAndAllIsOnRecord() {
        var listener = listen(new OnReplay.Repeat());
        fill(40);
        await().atMost(SOON).until(() -> heard.size() == 40);
        var replay = start(Map.of("consumer", listener.name(), "rate", 5));
        await().atMost(SOON).until(() -> heard.size() > 43);
        assertThat(act(replay, "pause")).isEqualTo("paused");
        await().pollDelay(Duration.ofSeconds(1)).atMost(SOON).until(() -> show(replay, "applied") == show(replay, "published"));
        var until = show(replay, "published");
        assertThat(until).isLessThan(40);
        assertThat(api.post(PATH, Map.of("consumer", listener.name())).code()).isEqualTo("replay_in_progress");
        await().during(Duration.ofSeconds(2)).atMost(SOON).until(() -> show(replay, "published") == until);
        assertThat(api.post(PATH + "/" + replay + "/pause", Map.of()).code()).isEqualTo("replay_not_running");

        assertThat(act(replay, "resume")).isEqualTo("running");
        await().atMost(SOON).until(() -> show(replay, "published") > until);
        assertThat(act(replay, "cancel")).isEqualTo("cancelled");
        assertThat(api.post(PATH + "/" + replay + "/resume", Map.of()).code()).isEqualTo("replay_not_paused");
        assertThat(heard).hasSizeLessThan(80);
        assertThat(inTenant(() -> db.sql("""
                select type || ' ' || actor_kind from domain_event_logs where aggregate_type = 'replay' order by position
                """).query(String.class).list()))
                .containsExactly("replay.started USER", "replay.paused USER", "replay.resumed USER", "replay.cancelled USER");
    }

    @Test
    void aDeliveryOfACancelledReplayIsDropped() {
        var listener = listen(new OnReplay.Repeat());
        fill(9);
        await().atMost(SOON).until(() -> heard.size() == 9);
        var replay = start(Map.of("consumer", listener.name(), "rate", 1));
        assertThat(act(replay, "cancel")).isEqualTo("cancelled");
        await().during(Duration.ofSeconds(1)).atMost(SOON).until(() -> heard.size() < 18);
        var before = heard.size();
        consumers.handle(listener, List.of(new Delivery(Uuids.v7(), "crm." + listener.name(), Lane.BULK, 1,
                Map.of(Headers.REPLAY, replay.toString()), EventJson.write(events().getLast()))));
        assertThat(heard).hasSize(before);
    }

    @Test
    void anotherProgramGoesOnWhereADeadOneWas() {
        var listener = listen(new OnReplay.Repeat());
        fill(20);
        await().atMost(SOON).until(() -> heard.size() == 20);
        var events = events();
        var dead = system.sql("insert into event_nodes (relays) values (false) returning node").query(Long.class).single();
        system.sql("delete from event_nodes where node = :dead").param("dead", dead).update();
        // In one transaction: nobody sees the replay before it belongs to the program that remembered five events.
        var replay = inTenant(() -> Cause.outside(Actor.system("test")).call(() -> {
            var id = replays.start(new Replays.Request(listener.name(), Set.of(), Optional.empty(), Optional.empty(),
                    Optional.empty(), Optional.empty())).id();
            db.sql("""
                    update event_replay set runner = :dead, until_position = :until, total = 20, position = :position,
                           published = 5 where id = :id
                    """).param("dead", dead).param("until", eventLog.lastPosition())
                    .param("position", events.get(4).sequence()).param("id", id).update();
            return id;
        }));
        // Eight were published: it was killed before it could remember the last three.
        consumers.handle(listener, events.subList(0, 8).stream().map(event -> new Delivery(Uuids.v7(), "crm." + listener.name(),
                Lane.BULK, 1, Map.of(Headers.REPLAY, replay.toString()), EventJson.write(event))).toList());
        assertThat(heard).hasSize(28);
        // It counts no more, so the living one takes it for dead.
        system.sql("insert into event_nodes (node, relays) overriding system value values (:dead, false)").param("dead", dead).update();
        done(replay);
        assertThat(heard.subList(20, heard.size())).extracting(Heard::event)
                .containsExactlyElementsOf(events.stream().map(Envelope::id).toList());
        assertThat(show(replay, "published")).isEqualTo(20);
        assertThat(show(replay, "applied")).isEqualTo(20);
    }

    @Test
    void whatFailsInAReplayIsAmongTheFailuresAndTheRestGoesOn() {
        var fails = new AtomicBoolean();
        var listener = listen(new OnReplay.Repeat(), event -> {
            if (fails.get() && event.data().path("drop").asInt() == 2) throw new PermanentFailure("spilled", "it is on the floor");
        });
        fill(3);
        await().atMost(SOON).until(() -> heard.size() == 3);
        fails.set(true);
        var replay = start(Map.of("consumer", listener.name()));
        done(replay);
        assertThat(show(replay, "applied")).isEqualTo(2);
        assertThat(show(replay, "failed")).isEqualTo(1);
    }

    @Test
    void whoeverRefusesIsNotAsked() {
        var listener = listen(new OnReplay.Refuse("wine that is drunk is drunk"));
        assertThat(api.post(PATH, Map.of("consumer", listener.name()))).satisfies(answer -> {
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.code()).isEqualTo("replay_refused");
            assertThat(answer.text()).contains("wine that is drunk is drunk");
        });
        for (var consumer : List.of("realtime", "webhooks", "audit")) {
            assertThat(api.post(PATH, Map.of("consumer", consumer)).code()).as(consumer).isEqualTo("replay_refused");
        }
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThat(field(Map.of("consumer", "nobody"))).isEqualTo("consumer_unknown");
        assertThat(field(Map.of("consumer", "timeline", "types", List.of("bottle.filled")))).isEqualTo("type_not_heard");
        assertThat(field(Map.of("consumer", "timeline", "rate", 0))).isEqualTo("out_of_bounds");
        assertThat(field(Map.of("consumer", "timeline", "from", "2026-11-02T00:00:00Z", "to", "2026-11-01T00:00:00Z")))
                .isEqualTo("not_after_from");
        assertThat(field(Map.of())).isEqualTo("required");
    }

    @Test
    void replaysAreListedByPageAndBelongToTheirTenant() {
        var listener = listen(new OnReplay.Repeat());
        var ids = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            var replay = start(Map.of("consumer", listener.name()));
            done(replay);
            ids.addFirst(replay.toString());
        }
        var first = api.get(PATH + "?limit=2").json();
        var second = api.get(PATH + "?limit=2&cursor=" + first.path("nextCursor").asString()).json();
        assertThat(second.path("nextCursor").isNull()).isTrue();
        var seen = new ArrayList<>(first.path("items").findValuesAsString("id"));
        seen.addAll(second.path("items").findValuesAsString("id"));
        assertThat(seen).isEqualTo(ids);

        var stranger = Api.anonymous(port).as(TestCallers.mayAll(TestTenant.create(db, transaction).tenant()));
        assertThat(stranger.get(PATH + "/" + ids.getFirst()).status()).isEqualTo(404);
        assertThat(stranger.post(PATH + "/" + ids.getFirst() + "/cancel", Map.of()).status()).isEqualTo(404);
        var reader = Api.anonymous(port).as(TestCallers.token(tenant.tenant(), EnumSet.of(Permission.OPERATIONS_READ)));
        assertThat(reader.get(PATH).status()).isEqualTo(200);
        assertThat(reader.post(PATH, Map.of("consumer", "timeline")).status()).isEqualTo(403);
    }

    @Test
    void theCatalogueTellsEveryVersion() {
        var reacted = api.get("/api/v1/operations/events/catalogue").json().path("items").valueStream()
                .filter(entry -> entry.path("type").asString().equals("message.reacted")).findFirst().orElseThrow();
        assertThat(reacted.path("version").asInt()).isEqualTo(2);
        assertThat(reacted.path("earlier").path("1").path("properties").has("emoji")).isTrue();
    }

    private String field(Map<String, Object> request) {
        var answer = api.post(PATH, request);
        assertThat(answer.status()).isEqualTo(422);
        return answer.json().path("errors").get(0).path("code").asString();
    }

    private UUID start(Map<String, Object> request) {
        var answer = api.post(PATH, request);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return UUID.fromString(answer.json().path("id").asString());
    }

    private String act(UUID replay, String what) {
        return api.post(PATH + "/" + replay + "/" + what, Map.of()).json().path("state").asString();
    }

    private long show(UUID replay, String field) {
        return api.get(PATH + "/" + replay).json().path(field).asLong();
    }

    private void done(UUID replay) {
        await().atMost(SOON).until(() -> api.get(PATH + "/" + replay).json().path("state").asString().equals("done"));
    }

    private void fill(int drops) {
        append(Bottle.drops(bottle, 1, drops));
    }

    private void append(List<NewEvent> events) {
        Tenancy.run(tenant.tenant(), () -> transaction.executeWithoutResult(_ -> outbox.append(events)));
    }

    private List<Envelope> events() {
        var all = new EventLog.Selection(List.of("bottle.filled"), Optional.empty(), Optional.empty(), Optional.empty());
        return inTenant(() -> eventLog.read(all, 0, Long.MAX_VALUE, 1_000));
    }

    private <T> T inTenant(Supplier<T> work) {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> work.get()));
    }

    private EventConsumer listen(OnReplay meaning) {
        return listen(meaning, _ -> {});
    }

    private EventConsumer listen(OnReplay meaning, Consumer<Envelope> first) {
        var name = "test-" + Uuids.v7();
        var consumer = new EventConsumer() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Set<String> patterns() {
                return Set.of("bottle.*");
            }

            @Override
            public OnReplay onReplay() {
                return meaning;
            }

            @Override
            public void handle(List<Envelope> events) {
                events.forEach(first);
                events.stream().filter(event -> event.tenantId().equals(tenant.tenant()))
                        .forEach(event -> heard.add(new Heard(event.id(), Replayed.current(), Lane.current())));
            }
        };
        open.add(consumers.listen(consumer));
        return consumer;
    }
}

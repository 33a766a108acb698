package com.ventros.crm.conversations;

import static com.ventros.crm.conversations.Facts.chat;
import static com.ventros.crm.conversations.Facts.phone;
import static com.ventros.crm.conversations.Facts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** What the inbox shows is counted anew beside what is shown; that it is then what it was, after any history, {@link AnyOrderTests} shows. */
@DatabaseTest
class RecountInboxTests {

    private static final String REPLAYS = "/api/v1/operations/replays";
    /** Generous: two cores may be busy with others. */
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int PEOPLE = 5;
    private static final int MESSAGES = 150;

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    ReceiveMessages receiveMessages;

    @Autowired
    RecountInbox recountInbox;

    private final ChannelId channel = ChannelId.create();
    private final Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(600);
    private TestTenant tenant;
    private Api api;

    @BeforeEach
    void aTenant() {
        tenant = TestTenant.create(db, transaction);
        api = Api.anonymous(port).as(TestCallers.mayAll(tenant.tenant()));
    }

    @Test
    void somebodyHasTheInboxCountedAnew() {
        for (int i = 0; i < 12; i++) say(i);
        var right = inbox();
        inTenant(() -> db.sql("update chat set unread_count = 99 where last_message_key = 'M9'").update());
        inTenant(() -> db.sql("update session set message_count = 99, inbound_count = 99 where message_count = 3").update());

        var replay = done("inbox");
        assertThat(replay.path("kind").asString()).isEqualTo("recount");
        assertThat(List.of(replay.path("total").asLong(), replay.path("applied").asLong(), replay.path("failed").asLong()))
                .containsExactly((long) PEOPLE, (long) PEOPLE, 0L);
        assertThat(replay.path("mended").asLong()).as("one chat for itself, and those of the sessions").isEqualTo(3);
        assertThat(inbox()).isEqualTo(right);
        assertThat(inTenant(() -> db.sql("select actor_kind || ' ' || actor_id from domain_event_logs where type = 'chat.recounted'")
                .query(String.class).list())).as("screens hear of each").containsExactly("SYSTEM replay", "SYSTEM replay", "SYSTEM replay");

        assertThat(done("inbox").path("mended").asLong()).isZero();
        assertThat(done("contacts").path("total").asLong()).isEqualTo(PEOPLE);
    }

    @Test
    void aPartIsNotCountedAnewAndNothingIsDelivered() {
        assertThat(refused(Map.of("consumer", "inbox", "types", List.of("message.*")))).isEqualTo("type_not_heard");
        assertThat(refused(Map.of("consumer", "inbox", "aggregateId", UUID.randomUUID()))).isEqualTo("recounts_all");
        assertThat(refused(Map.of("consumer", "contacts", "from", "2026-11-01T00:00:00Z"))).isEqualTo("recounts_all");
        assertThat(refused(Map.of("consumer", "contacts", "to", "2026-11-01T00:00:00Z"))).isEqualTo("recounts_all");
        assertThat(api.post(REPLAYS, Map.of("consumer", "inbox", "dryRun", true)).json().path("events").asLong()).isZero();
    }

    /** Whatever is written while it counts is neither undone nor taken for a fault. */
    @Test
    void whileMessagesComeInThereIsNothingToMend() throws Exception {
        say(0);
        try (var threads = Executors.newFixedThreadPool(2)) {
            var writers = List.of(threads.submit(() -> sayAll(0)), threads.submit(() -> sayAll(1)));
            int looks = 0;
            while (looks++ < 3 || !writers.stream().allMatch(Future::isDone)) assertThat(recount()).isZero();
            for (var writer : writers) writer.get();
        }
        assertThat(recount()).isZero();
        assertThat(inTenant(() -> db.sql("select sum(unread_count) from chat").query(Long.class).single())).isEqualTo(MESSAGES);
    }

    private void sayAll(int from) {
        for (int i = from; i < MESSAGES; i += 2) say(i);
    }

    /** Each of some people in turn; as the consumer does, what collided with another transaction is tried again. */
    private void say(int i) {
        var message = Facts.received(tenant, channel, text(chat(phone("55319800013" + i % PEOPLE)), "M" + i, begin.plusSeconds(i), "texto " + i));
        await().atMost(SOON).ignoreExceptionsInstanceOf(TransientDataAccessException.class).until(() -> {
            Tenancy.run(tenant.tenant(), () -> receiveMessages.handle(List.of(message)));
            return true;
        });
    }

    private int recount() {
        return Tenancy.call(tenant.tenant(), () -> Cause.outside(Actor.system("test"))
                .call(() -> recountInbox.recount(new UUID(0, 0), PEOPLE + 1).mended()));
    }

    private List<String> inbox() {
        return api.get("/api/v1/chats").json().path("items").valueStream().map(JsonNode::toString).toList();
    }

    private JsonNode done(String model) {
        var path = REPLAYS + "/" + api.post(REPLAYS, Map.of("consumer", model)).json().path("id").asString();
        await().atMost(SOON).until(() -> api.get(path).json().path("state").asString().equals("done"));
        return api.get(path).json();
    }

    private String refused(Map<String, ?> asked) {
        var answer = api.post(REPLAYS, asked);
        assertThat(answer.status()).isEqualTo(422);
        return answer.json().path("errors").path(0).path("code").asString();
    }

    private <T> T inTenant(Supplier<T> work) {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> work.get()));
    }
}

package com.ventros.crm.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import com.ventros.crm.accounts.OpenTenant;
import com.ventros.crm.channels.PresenceChanged;
import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.conversations.Incoming.PresenceState;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Envelope;
import com.ventros.crm.http.Permission;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DatabaseTest
@Timeout(60)
class StreamTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    LiveEvents live;

    @Autowired
    OpenTenant openTenant;

    @Autowired
    ApplicationEventPublisher listeners;

    private final HttpClient http = HttpClient.newHttpClient();

    /** An open stream, read frame by frame. */
    private record Stream(BufferedReader lines) implements AutoCloseable {

        record Frame(Optional<Long> id, String event, JsonNode data) {}

        Frame next() throws IOException {
            Optional<Long> id = Optional.empty();
            var event = "";
            String data = null;
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) id = Optional.of(Long.parseLong(line.substring(4)));
                else if (line.startsWith("event: ")) event = line.substring(7);
                else if (line.startsWith("data: ")) data = line.substring(6);
                else if (line.isEmpty() && data != null) return new Frame(id, event, JSON.readTree(data));
            }
            throw new IOException("the stream ended");
        }

        List<Long> ids(int n) throws IOException {
            var ids = new ArrayList<Long>();
            while (ids.size() < n) ids.add(next().id().orElseThrow());
            return ids;
        }

        /** What comes until as many of this type have come. */
        List<Frame> until(String type, int n) throws IOException {
            var frames = new ArrayList<Frame>();
            while (frames.stream().filter(frame -> frame.event().equals(type)).count() < n) frames.add(next());
            return frames;
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    @Test
    void aScreenHearsWhatHappensAfterItOpened() throws Exception {
        var tenant = TestTenant.create(db, transaction);
        happen(tenant, 3);
        try (var stream = open(tenant, null)) {
            var ready = stream.next();
            assertThat(ready.event()).isEqualTo("ready");
            assertThat(ready.data().path("position").asLong()).isEqualTo(3);
            happen(tenant, 1);
            var frame = stream.next();
            assertThat(frame.event()).isEqualTo("message.created");
            assertThat(frame.id()).contains(4L);
            assertThat(frame.data().path("data").path("text").asString()).isEqualTo("oi");
        }
    }

    @Test
    void aScreenThatComesBackMissesNothingAndHearsNothingTwice() throws Exception {
        var tenant = TestTenant.create(db, transaction);
        happen(tenant, 10);
        try (var stream = open(tenant, 4L)) {
            happen(tenant, 5);
            assertThat(stream.ids(11)).isEqualTo(LongStreams.range(5, 15));
        }
    }

    @Test
    void whoWasTypingBeforeAnOutageIsNotShown() throws Exception {
        var tenant = TestTenant.create(db, transaction);
        var channel = ChannelId.create();
        chatOfBakers(tenant, channel);
        try (var stream = open(tenant, null)) {
            stream.next();
            var now = Instant.now();
            listeners.publishEvent(new PresenceChanged(tenant.tenant(), channel, "bakers", "ana", PresenceState.TYPING,
                    now.minus(Presence.OF_USE).minusSeconds(1)));
            listeners.publishEvent(new PresenceChanged(tenant.tenant(), channel, "bakers", "ana", PresenceState.RECORDING, now));
            assertThat(stream.next().data().path("data").path("state").asString()).isEqualTo("recording");
        }
    }

    @Test
    void colleaguesSeeWhoIsAnsweringAndOthersDoNot() throws Exception {
        var tenant = TestTenant.create(db, transaction);
        var chat = chatOfBakers(tenant, ChannelId.create());
        var name = "Bia \"Bê\" 100% {0}";
        var bia = Uuids.v7();
        var other = TestTenant.create(db, transaction);
        try (var stream = open(tenant, null); var strangers = open(other, null)) {
            stream.next();
            strangers.next();
            var path = "/api/v1/chats/" + chat + "/typing";
            var api = Api.anonymous(port).as(TestCallers.of(tenant.tenant(), bia, name));
            assertThat(api.post(path, Map.of("typing", true)).status()).isEqualTo(204);
            assertThat(api.post(path, Map.of("typing", false)).status()).isEqualTo(204);
            var begins = stream.next();
            assertThat(begins.event()).isEqualTo("presence.answering");
            assertThat(begins.id()).as("kept nowhere").isEmpty();
            assertThat(begins.data().path("data")).isEqualTo(JSON.readTree(JSON.writeValueAsString(Map.of(
                    "chatId", chat.toString(), "userId", bia.toString(), "name", name, "typing", true))));
            assertThat(stream.next().data().path("data").path("typing").asBoolean()).isFalse();
            happen(other, 1);
            assertThat(strangers.next().event()).isEqualTo("message.created");
        }
    }

    @Test
    void parallelWritersMakeNoGapAndNoDisorder() throws Exception {
        var tenant = TestTenant.create(db, transaction);
        happen(tenant, 1);
        try (var stream = open(tenant, 1L); var writers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int writer = 0; writer < 8; writer++) {
                writers.submit(() -> IntStream.range(0, 25).forEach(_ -> happen(tenant, 2)));
            }
            assertThat(stream.ids(400)).isEqualTo(LongStreams.range(2, 401));
        }
    }

    @Test
    void aPositionThatIsNotKeptAnyMoreResetsTheScreen() throws Exception {
        var tenant = TestTenant.create(db, transaction);
        happen(tenant, 3);
        Tenancy.run(tenant.tenant(), () -> transaction.executeWithoutResult(_ ->
                db.sql("delete from live_event where position < 3").update()));
        try (var stream = open(tenant, 1L)) {
            var reset = stream.next();
            assertThat(reset.event()).isEqualTo("reset");
            assertThat(reset.data().path("position").asLong()).isEqualTo(3);
            happen(tenant, 1);
            assertThat(stream.next().id()).contains(4L);
        }
    }

    @Test
    void aTenantHearsNothingOfAnother() throws Exception {
        var ours = TestTenant.create(db, transaction);
        var theirs = TestTenant.create(db, transaction);
        happen(ours, 1);
        try (var stream = open(ours, 1L)) {
            happen(theirs, 5);
            happen(ours, 1);
            assertThat(stream.next().id()).contains(2L);
        }
    }

    @Test
    void aMentionIsNewsForWhoeverIsMentionedAlone() throws Exception {
        var tenant = TestTenant.create(db, transaction);
        happen(tenant, 1);
        var bia = Uuids.v7();
        var mention = new Envelope(Uuids.v7(), "note.mentioned", 1, Instant.now(), tenant.tenant(), Optional.of(tenant.project()), "note",
                Uuids.v7(), 1, 0, Uuids.v7(), Optional.empty(), Actor.system("test"), Optional.empty(),
                JSON.readTree("{\"userId\":\"" + bia + "\",\"text\":\"oi\"}"));
        var theirs = TestCallers.of(tenant.tenant(), bia, "Bia");
        try (var other = open(tenant, 1L); var stream = open(theirs, 1L)) {
            Tenancy.run(tenant.tenant(), () -> transaction.executeWithoutResult(_ -> live.append(List.of(mention))));
            happen(tenant, 1);
            assertThat(stream.ids(2)).containsExactly(2L, 3L);
            assertThat(other.ids(1)).containsExactly(3L);
        }
        try (var other = open(tenant, 1L); var stream = open(theirs, 1L)) {
            assertThat(stream.ids(2)).as("what was missed, too").containsExactly(2L, 3L);
            assertThat(other.ids(1)).containsExactly(3L);
        }
    }

    /** So the bell of each tab shows the same; what was seen before is no news. */
    @Test
    void whatIsSeenInOneTabIsNewsForTheMembersOtherTabsAlone() throws Exception {
        var opened = openTenant.handle(new OpenTenant.Command("Padaria Sol", "Ana", Uuids.v7() + "@exemplo.com.br", "cavalo bateria grampo"));
        var asAna = TestCallers.of(opened.tenant(), opened.owner().value(), "Ana");
        var ana = Api.anonymous(port).as(asAna);
        var bia = UUID.fromString(ana.post("/api/v1/members", Map.of("name", "Bia", "email", Uuids.v7() + "@exemplo.com.br", "password", "cavalo bateria grampo",
                "role", "agent")).json().path("id").asString());
        var asBia = TestCallers.of(opened.tenant(), bia, "Bia");
        var tab = Api.anonymous(port).as(asBia);
        var contact = ana.post("/api/v1/contacts", Map.of("name", "Caio"));
        var path = "/api/v1/contacts/" + contact.json().path("id").asString();
        try (var otherTab = open(asBia, null); var colleague = open(asAna, null)) {
            for (int i = 0; i < 3; i++) ana.post(path + "/notes", Map.of("text", "Fala com ele", "mentions", List.of(bia)));
            var told = tab.get("/api/v1/notifications").json().path("items").valueStream().map(one -> one.path("id").asString()).toList();
            for (int i = 0; i < 2; i++) assertThat(tab.post("/api/v1/notifications/" + told.getFirst() + "/seen", Map.of()).status()).isEqualTo(204);
            for (int i = 0; i < 2; i++) assertThat(tab.post("/api/v1/notifications/seen", Map.of()).status()).isEqualTo(204);
            assertThat(otherTab.until("notification.seen", 3).stream().filter(frame -> frame.event().equals("notification.seen"))
                    .map(frame -> frame.data().path("data").path("notificationId").asString())).containsExactlyInAnyOrderElementsOf(told);
            ana.with("If-Match", contact.header("ETag").orElseThrow()).patch(path, Map.of("name", "Caio Lima"));
            assertThat(otherTab.until("contact.name_changed", 1)).extracting(Stream.Frame::event).doesNotContain("notification.seen");
            assertThat(colleague.until("contact.name_changed", 1)).extracting(Stream.Frame::event).doesNotContain("notification.seen");
        }
    }

    @Test
    void aProgramThatStopsWaitsForNoScreen() throws Exception {
        var tenant = TestTenant.create(db, transaction);
        happen(tenant, 1);
        var feeds = new LiveFeeds(live);
        var viewer = Uuids.v7();
        var open = Tenancy.call(tenant.tenant(), () -> feeds.open(viewer, 1).orElseThrow());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = threads.submit(() -> open.next(Long.MAX_VALUE));
            feeds.stop();
            assertThat(waiting.get()).isNull();
        }
        assertThat(open.isCutOff()).isTrue();
        assertThat(Tenancy.call(tenant.tenant(), () -> feeds.open(viewer, 1).orElseThrow()).isCutOff()).as("one that still comes").isTrue();
        feeds.start();
        assertThat(Tenancy.call(tenant.tenant(), () -> feeds.open(viewer, 1).orElseThrow()).isCutOff()).isFalse();
    }

    @Test
    void nobodyListensWithoutThePermission() throws Exception {
        var tenant = TestTenant.create(db, transaction);
        var token = TestCallers.token(tenant.tenant(), EnumSet.of(Permission.CHANNEL_READ));
        assertThat(http.send(request(token).build(), BodyHandlers.discarding()).statusCode()).isEqualTo(403);
        assertThat(http.send(HttpRequest.newBuilder(uri()).build(), BodyHandlers.discarding()).statusCode())
                .isEqualTo(401);
    }

    private UUID chatOfBakers(TestTenant tenant, ChannelId channel) {
        var id = Uuids.v7();
        Tenancy.run(tenant.tenant(), () -> transaction.executeWithoutResult(_ -> db.sql("""
                insert into chat (tenant_id, id, project_id, channel_id, kind, address, last_message_id, last_message_at,
                                  last_message_key, created_at, version)
                values (:tenant, :id, :project, :channel, 'GROUP', 'bakers', :id, now(), '', now(), 0)
                """)
                .param("tenant", tenant.tenant().value()).param("project", tenant.project().value())
                .param("id", id).param("channel", channel.value()).update()));
        return id;
    }

    private Stream open(TestTenant tenant, Long after) throws Exception {
        return open(TestCallers.mayAll(tenant.tenant()), after);
    }

    private Stream open(String token, Long after) throws Exception {
        var request = request(token);
        if (after != null) request.header("Last-Event-ID", after.toString());
        var answer = http.send(request.build(), BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        return new Stream(new BufferedReader(new InputStreamReader(answer.body())));
    }

    private HttpRequest.Builder request(String token) {
        return HttpRequest.newBuilder(uri()).header("Authorization", "Bearer " + token);
    }

    private URI uri() {
        return URI.create("http://127.0.0.1:" + port + "/api/v1/stream");
    }

    private void happen(TestTenant tenant, int events) {
        var envelopes = IntStream.range(0, events).mapToObj(i -> new Envelope(Uuids.v7(), "message.created", 1,
                Instant.now(), tenant.tenant(), Optional.of(tenant.project()), "message", Uuids.v7(), 1, i,
                Uuids.v7(), Optional.empty(), Actor.system("test"), Optional.empty(),
                JSON.readTree("{\"text\":\"oi\"}"))).toList();
        Tenancy.run(tenant.tenant(), () -> transaction.executeWithoutResult(_ -> live.append(envelopes)));
    }

    private static final class LongStreams {
        static List<Long> range(long from, long to) {
            return java.util.stream.LongStream.rangeClosed(from, to).boxed().toList();
        }
    }
}

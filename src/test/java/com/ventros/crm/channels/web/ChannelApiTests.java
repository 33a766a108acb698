package com.ventros.crm.channels.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import com.ventros.crm.channels.ChannelStatus;
import com.ventros.crm.channels.RecordChannelStatus;
import com.ventros.crm.channels.TestChannels;
import com.ventros.crm.channels.waha.Samples;
import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.http.Permission;
import com.ventros.crm.kernel.PhoneNumber;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@DatabaseTest
class ChannelApiTests {

    private static final String SERVER = "http://waha.example:3000";

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    RecordChannelStatus statuses;

    @LocalServerPort
    int port;

    private TestTenant tenant;
    private TestChannels channels;
    private Api api;

    @BeforeEach
    void signIn() {
        tenant = TestTenant.create(db, transaction);
        channels = TestChannels.of(tenant, port);
        api = channels.api();
    }

    @Test
    void aNewChannelShowsItsAddressAndHidesItsSecrets() {
        var answer = api.post("/api/v1/channels", TestChannels.body(SERVER + "/", "vendas"));

        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.text()).doesNotContain(TestChannels.API_KEY).doesNotContain(Samples.SECRET);
        var channel = answer.json();
        assertThat(answer.header("Location")).contains("/api/v1/channels/" + channel.get("id").asString());
        assertThat(channel.get("status").asString()).isEqualTo("new");
        assertThat(channel.get("statusAt").isNull()).isTrue();
        assertThat(channel.get("projectId").asString()).isEqualTo(tenant.project().toString());
        assertThat(channel.get("waha").toString())
                .isEqualTo("{\"url\":\"" + SERVER + "\",\"session\":\"vendas\",\"hasApiKey\":true,\"hasHmacSecret\":true}");
        assertThat(channel.get("webhookPath").asString()).matches("/webhooks/waha/[A-Za-z0-9_-]{43}");
        assertThat(api.get("/api/v1/channels/" + channel.get("id").asString()).json()).isEqualTo(channel);
        assertThat(api.get("/api/v1/channels").json().get("items").get(0)).isEqualTo(channel);
    }

    @Test
    void aChannelWithoutASigningSecretIsNotAllowed() {
        var body = new HashMap<String, Object>(Map.of("name", "Vendas", "waha", Map.of("url", SERVER, "session", "vendas")));
        var answer = api.post("/api/v1/channels", body);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().get("errors").get(0).get("field").asString()).isEqualTo("waha.hmacSecret");
    }

    @Test
    void oneSessionServesOneChannel() {
        channels.connect(SERVER, "vendas");
        var twice = api.post("/api/v1/channels", TestChannels.body(SERVER, "vendas"));
        assertThat(twice.status()).isEqualTo(409);
        assertThat(twice.code()).isEqualTo("session_in_use");
    }

    @Test
    void aChangeNeedsTheVersionThatWasSeen() {
        var id = channels.connect(SERVER, "vendas").id();
        var path = "/api/v1/channels/" + id;
        assertThat(api.patch(path, Map.of("name", "Loja")).status()).isEqualTo(428);

        var changed = api.with("If-Match", "\"0\"").patch(path, Map.of("name", "Loja", "sessionTimeoutMinutes", 90));

        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.json().get("name").asString()).isEqualTo("Loja");
        assertThat(changed.json().get("sessionTimeoutMinutes").asInt()).isEqualTo(90);
        assertThat(changed.json().get("waha").get("session").asString()).isEqualTo("vendas");
        assertThat(api.with("If-Match", "\"0\"").patch(path, Map.of("name", "Late")).status()).isEqualTo(412);

        var cleared = new HashMap<String, Object>();
        cleared.put("sessionTimeoutMinutes", null);
        assertThat(api.with("If-Match", "\"1\"").patch(path, cleared).json().get("sessionTimeoutMinutes").isNull()).isTrue();
    }

    /** What a provider says of a channel comes at any moment, also between two changes of one person. */
    @Test
    void aReportLeavesTheVersionThatAPersonHasSeen() {
        var id = channels.connect(SERVER, "vendas").id();
        var path = "/api/v1/channels/" + id;
        var seen = api.with("If-Match", "\"0\"").patch(path, Map.of("name", "Loja")).header("ETag").orElseThrow();

        for (var status : List.of(ChannelStatus.CONNECTED, ChannelStatus.CONNECTED, ChannelStatus.FAILED)) {
            var report = new RecordChannelStatus.Command(new ChannelId(id), status, Instant.now(), Optional.of(new PhoneNumber("+5511998000999")),
                    Optional.empty(), Optional.empty());
            Tenancy.run(tenant.tenant(), () -> Cause.outside(Actor.system("test")).run(() -> assertThat(statuses.handle(report)).isTrue()));
        }

        assertThat(api.get(path).header("ETag")).contains(seen);
        var again = api.with("If-Match", seen).patch(path, Map.of("groups", false));
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(again.json().get("name").asString()).isEqualTo("Loja");
        assertThat(again.json().get("status").asString()).isEqualTo("failed");
        assertThat(again.json().get("phone").asString()).isEqualTo("+5511998000999");
        assertThat(api.with("If-Match", seen).patch(path, Map.of("groups", true)).status()).isEqualTo(412);
    }

    @Test
    void theSettingsOfAChannelAreTheUsualOnesUntilSomebodyDecidesOtherwise() {
        var path = "/api/v1/channels/" + channels.connect(SERVER, "vendas").id();
        assertThat(settings(path)).isEqualTo("true false null true");
        var theirs = api.post("/api/v1/pipelines", Map.of("name", "Vendas", "statuses", List.of(
                Map.of("name", "Novo", "kind", "open", "colour", "#1c7ed6"), Map.of("name", "Ganho", "kind", "won", "colour", "#2f9e44"))));
        assertThat(theirs.status()).as(theirs.text()).isEqualTo(201);
        var pipeline = theirs.json().get("id").asString();

        var changed = api.with("If-Match", "\"0\"").patch(path, Map.of("groups", false, "statusPosts", true,
                "defaultPipelineId", pipeline, "readReceipts", false));

        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(settings(path)).isEqualTo("false true " + pipeline + " false");
        assertThat(api.with("If-Match", "\"1\"").patch(path, Map.of("groups", true)).status()).isEqualTo(200);
        assertThat(settings(path)).isEqualTo("true true " + pipeline + " false");
        assertThat(api.with("If-Match", "\"2\"").patch(path, Map.of("defaultPipelineId", UUID.randomUUID().toString())).json()
                .get("errors").get(0).get("code").asString()).isEqualTo("not_found");
        var nobody = new HashMap<String, Object>();
        nobody.put("defaultPipelineId", null);
        assertThat(api.with("If-Match", "\"2\"").patch(path, nobody).json().get("defaultPipelineId").isNull()).isTrue();
    }

    private String settings(String path) {
        var channel = api.get(path).json();
        return "%s %s %s %s".formatted(channel.get("groups").asBoolean(), channel.get("statusPosts").asBoolean(),
                channel.get("defaultPipelineId").asString(null), channel.get("readReceipts").asBoolean());
    }

    @Test
    void anotherTenantsChannelIsNotThere() {
        var id = channels.connect(SERVER, "vendas").id();
        var others = TestChannels.of(TestTenant.create(db, transaction), port).api();
        assertThat(others.get("/api/v1/channels/" + id).status()).isEqualTo(404);
        assertThat(others.get("/api/v1/channels").json().get("items")).isEmpty();
        assertThat(others.with("If-Match", "\"0\"").patch("/api/v1/channels/" + id, Map.of("name", "x")).status()).isEqualTo(404);
        assertThat(others.post("/api/v1/channels/" + id + "/webhook-key", Map.of()).status()).isEqualTo(404);
        assertThat(api.get("/api/v1/channels/" + UUID.randomUUID()).status()).isEqualTo(404);
    }

    @Test
    void whoMayOnlyReadDoesNotChange() {
        var reader = Api.anonymous(port).as(TestCallers.token(tenant.tenant(), Set.of(Permission.CHANNEL_READ)));
        assertThat(reader.get("/api/v1/channels").status()).isEqualTo(200);
        assertThat(reader.post("/api/v1/channels", TestChannels.body(SERVER, "vendas")).status()).isEqualTo(403);
    }
}

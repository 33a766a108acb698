package com.ventros.crm.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import com.ventros.crm.audit.flow.OnWhatSomebodyDid;
import com.ventros.crm.channels.TestChannels;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.catalog.Catalogue;
import com.ventros.crm.http.Permission;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@DatabaseTest
class AuditTests {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Instant AT = Instant.parse("2026-11-20T12:00:00.123456Z");

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    AuditLog log;

    @Autowired
    Catalogue catalogue;

    @Autowired
    FlywayConnectionDetails owner;

    @LocalServerPort
    int port;

    private TestTenant tenant;
    private Api api;

    @BeforeEach
    void signIn() {
        tenant = TestTenant.create(db, transaction);
        api = Api.anonymous(port).as(TestCallers.mayAll(tenant.tenant()));
    }

    @Test
    void whatPeopleDoIsOnRecordWithWhoDidIt() {
        var channel = TestChannels.of(tenant, port).connect("http://waha.invalid", "vendas");
        var key = api.post("/api/v1/api-keys", Map.of("name", "Relatórios", "scopes", List.of("audit_read")));
        api.delete("/api/v1/api-keys/" + key.json().get("id").asString());
        await().atMost(SOON).until(() -> api.get("/api/v1/audit").json().get("items").size() >= 3);

        var entries = api.get("/api/v1/audit?limit=2").json();
        assertThat(entries.get("items").get(0).get("type").asString()).isEqualTo("api_key.revoked");
        assertThat(entries.get("items").get(0).get("actor").get("kind").asString()).isEqualTo("user");
        var next = api.get("/api/v1/audit?limit=2&cursor=" + entries.get("nextCursor").asString()).json().get("items");
        assertThat(next.get(0).get("aggregateId").asString()).isEqualTo(channel.id().toString());
        assertThat(next.get(0).get("data").isObject()).isTrue();
        assertThat(api.get("/api/v1/audit?type=api_key.created").json().get("items").size()).isEqualTo(1);
        assertThat(api.get("/api/v1/audit?aggregateType=channel&aggregateId=" + channel.id()).json().get("items").size())
                .isPositive();
        assertThat(api.get("/api/v1/audit?to=2020-01-01T00:00:00Z").json().get("items").size()).isZero();
        assertThat(api.get("/api/v1/audit?actor=nobody").json().get("items").size()).isZero();
        assertThat(api.get("/api/v1/audit/verify").json().get("intact").asBoolean()).isTrue();
        assertThat(Api.anonymous(port).as(TestCallers.token(tenant.tenant(), Set.of(Permission.TEAM_READ)))
                .get("/api/v1/audit").status()).isEqualTo(403);
    }

    @Test
    void aRowChangedBehindTheProgramsBackIsFound() throws SQLException {
        for (int n = 1; n <= 6; n++) append(entry(n));
        assertThat(check(0)).isEqualTo(new AuditLog.Check(6, 6, check(0).hash(), true, java.util.Optional.empty()));

        asOwner("update audit_entry set actor_id = 'somebody else' where tenant_id = '%s' and position = 4");
        assertThat(check(0).broken()).contains(new AuditLog.Break(4, AuditLog.Break.Reason.CHANGED));
        assertThat(api.get("/api/v1/audit/verify").json().get("broken").get("position").asInt()).isEqualTo(4);
        asOwner("update audit_entry set actor_id = 'ana' where tenant_id = '%s' and position = 4");
        assertThat(check(0).broken()).isEmpty();

        asOwner("update audit_entry set hash = sha256('x'), actor_id = 'x' where tenant_id = '%s' and position = 3");
        assertThat(check(0).broken()).contains(new AuditLog.Break(3, AuditLog.Break.Reason.CHANGED));
        assertThat(check(3).broken()).as("and what follows no longer fits").contains(new AuditLog.Break(4, AuditLog.Break.Reason.UNLINKED));
        asOwner("delete from audit_entry where tenant_id = '%s' and position = 2");
        assertThat(check(0).broken()).contains(new AuditLog.Break(2, AuditLog.Break.Reason.MISSING));
    }

    /** As docs/reference/audit-api.md tells auditors to do it. */
    @Test
    void anybodyRecomputesTheChainFromWhatTheApiShows() throws Exception {
        TestChannels.of(tenant, port).connect("http://waha.invalid", "São Paulo");
        api.post("/api/v1/contacts", Map.of("name", "Ana", "emails", List.of("ana@exemplo.com.br")));
        await().atMost(SOON).until(() -> !api.get("/api/v1/audit?type=contact.created").json().get("items").isEmpty());
        append(new AuditEntry(tenant.tenant().value(), 0, Uuids.v7(), "channel.updated", 1, "channel", Uuids.v7(), AT.plusMillis(120), AT.plusNanos(1_000),
                Actor.Kind.SYSTEM, "demo", Uuids.v7(), "{\"name\": \"São João\"}"));
        var company = api.get("/api/v1/me").json().get("tenant").get("id").asString();
        var answer = api.get("/api/v1/audit?limit=100");
        var entries = new ArrayList<>(answer.json().get("items").valueStream().toList()).reversed();
        var before = new byte[32];
        for (var entry : entries) {
            var hashed = new ByteArrayOutputStream();
            var out = new DataOutputStream(hashed);
            out.writeByte(1);
            out.write(before);
            var data = entry.get("data").toString();
            if (entry.get("actor").get("id").asString().equals("demo")) data = "{\"name\": \"São João\"}";
            assertThat(answer.text()).as("as it stands in the answer").contains("\"data\":" + data);
            for (var field : List.of(company, entry.get("position").asString(), entry.get("eventId").asString(), entry.get("type").asString(),
                    entry.get("version").asString(), entry.get("aggregateType").asString(), entry.get("aggregateId").asString(),
                    entry.get("occurredAt").asString(), entry.get("recordedAt").asString(), entry.get("actor").get("kind").asString().toUpperCase(),
                    entry.get("actor").get("id").asString(), entry.get("correlationId").asString(), data)) {
                var text = field.getBytes(StandardCharsets.UTF_8);
                out.writeInt(text.length);
                out.write(text);
            }
            before = MessageDigest.getInstance("SHA-256").digest(hashed.toByteArray());
            assertThat(HexFormat.of().formatHex(before)).as(entry.toString()).isEqualTo(entry.get("hash").asString());
        }
        assertThat(entries).hasSizeGreaterThan(2);
    }

    @Test
    void nobodyChangesOrRemovesAnEntryByOrdinaryMeans() {
        append(entry(1));
        for (var statement : List.of("update audit_entry set actor_id = 'x'", "delete from audit_entry")) {
            assertThatThrownBy(() -> Tenancy.run(tenant.tenant(), () ->
                    transaction.executeWithoutResult(_ -> db.sql(statement).update())))
                    .isInstanceOf(DataAccessException.class).rootCause().hasMessageContaining("permission denied");
            assertThatThrownBy(() -> {
                try (var connection = DriverManager.getConnection(owner.getJdbcUrl(), owner.getUsername(), owner.getPassword());
                        var work = connection.createStatement()) {
                    work.execute(statement);
                }
            }).isInstanceOf(SQLException.class).hasMessageContaining("only ever added");
        }
    }

    @Test
    void manyWritersMakeOneChainAndAnEventIsOnRecordOnce() {
        var repeated = entry(0);
        try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 40).forEach(n -> writers.submit(() -> append(entry(n), repeated)));
        }
        assertThat(check(0).broken()).isEmpty();
        assertThat(check(0).checked()).isEqualTo(41);
    }

    @Test
    void itIsDecidedOfEveryFamilyOfEventsWhetherItIsRecorded() {
        var undecided = catalogue.entries().stream().map(Catalogue.Entry::family)
                .filter(family -> !OnWhatSomebodyDid.RECORDED.contains(family) && !OnWhatSomebodyDid.TRAFFIC.contains(family))
                .filter(family -> !family.equals("bottle")) // of the engine's tests
                .toList();
        assertThat(undecided).as("add these families to RECORDED or TRAFFIC").isEmpty();
    }

    private AuditEntry entry(int n) {
        return new AuditEntry(tenant.tenant().value(), 0, Uuids.v7(), "channel.updated", 1, "channel", Uuids.v7(), AT, AT,
                Actor.Kind.USER, "ana", Uuids.v7(), "{\"name\": \"Canal é " + n + "\"}");
    }

    private void append(AuditEntry... entries) {
        Tenancy.run(tenant.tenant(), () -> transaction.executeWithoutResult(_ -> log.append(List.of(entries))));
    }

    private AuditLog.Check check(long after) {
        return Tenancy.call(tenant.tenant(), () -> log.check(after));
    }

    /** As somebody with every privilege on the database would do it. */
    private void asOwner(String statement) throws SQLException {
        try (var connection = DriverManager.getConnection(owner.getJdbcUrl(), owner.getUsername(), owner.getPassword());
                var work = connection.createStatement()) {
            connection.setAutoCommit(false);
            work.execute("alter table audit_entry disable trigger audit_entry_is_append_only");
            work.execute("alter table audit_entry no force row level security");
            assertThat(work.executeUpdate(statement.formatted(tenant.tenant()))).isEqualTo(1);
            work.execute("alter table audit_entry force row level security");
            work.execute("alter table audit_entry enable trigger audit_entry_is_append_only");
            connection.commit();
        }
    }
}

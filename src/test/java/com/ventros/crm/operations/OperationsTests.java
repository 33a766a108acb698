package com.ventros.crm.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestCallers;
import com.ventros.crm.TestTenant;
import com.ventros.crm.billing.Installation;
import com.ventros.crm.channels.DeliveryCounts;
import com.ventros.crm.channels.DeliveryCounts.Account;
import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.events.Broker;
import com.ventros.crm.events.Topology;
import com.ventros.crm.http.Permission;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@DatabaseTest
class OperationsTests {

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
    Broker broker;

    @Autowired
    DeliveryCounts counts;

    private TestTenant tenant;
    private Api api;

    @BeforeEach
    void open() {
        tenant = TestTenant.create(db, transaction);
        api = Api.anonymous(port).as(TestCallers.mayAll(tenant.tenant()));
    }

    @Test
    void everyQueueIsThereWithItsFigures() {
        var queues = api.get("/api/v1/operations/queues").json().path("queues");
        assertThat(queues.findValuesAsString("name")).contains("waha.events.raw", "waha.events.parse_errors",
                "webhooks.outbound", "crm.realtime", "crm.timeline", "crm.session-workflow");
        for (var queue : queues) {
            assertThat(queue.path("lane").asString()).isIn("interactive", "bulk");
            assertThat(queue.path("depth").isNumber()).isTrue();
            assertThat(queue.path("deadLetters").isNumber()).isTrue();
            assertThat(queue.path("deadLetterQueue").asString()).isEqualTo(queue.path("name").asString() + ".dlq");
            assertThat(queue.path("publishedPerSecond").isNumber()).isTrue();
            assertThat(queue.path("settledPerSecond").isNumber()).isTrue();
        }
    }

    @Test
    void whoRunsTheInstallationRemovesTheQueueOfAConsumerThatIsGone() {
        var path = "/api/v1/operations/queues/crm.gone";
        broker.declare(List.of(new Topology.Queue("crm.gone", Set.of(), Optional.empty())));
        system.sql("""
                insert into event_consumers (name, patterns, on_replay, reason, declared_at)
                values ('gone', '{}', 'REFUSE', 'test', now() - interval '1 hour')
                """).update();
        assertThat(api.get("/api/v1/operations/queues").json().path("queues").valueStream().filter(queue -> queue.path("abandoned").asBoolean())
                .map(queue -> queue.path("name").asString())).containsExactly("crm.gone", "crm.gone");

        assertThat(api.delete(path).code()).isEqualTo("not_the_installations_operator");
        var operator = Installation.of(port, db, transaction).operator();
        assertThat(operator.delete(path).status()).isEqualTo(204);
        assertThat(operator.delete(path).code()).isEqualTo("queue_not_found");
        assertThat(operator.delete("/api/v1/operations/queues/crm.timeline?discard=true").code()).isEqualTo("queue_in_use");
        assertThat(api.get("/api/v1/operations/queues").json().path("queues").findValuesAsString("name")).doesNotContain("crm.gone");
    }

    @Test
    void everyPartitionOfTheOutboxHasItsLagAndItsHolder() {
        var relay = api.get("/api/v1/operations/relay").json();
        assertThat(relay.path("partitions").size()).isEqualTo(16);
        var programs = relay.path("programs").findValuesAsString("number");
        for (var partition : relay.path("partitions")) {
            assertThat(programs).contains(partition.path("holder").asString());
            assertThat(partition.path("waiting").isNumber()).isTrue();
            assertThat(partition.path("lagSeconds").isNumber()).isTrue();
            assertThat(partition.path("refused").asLong()).isZero();
        }
    }

    @Test
    void theBooksShowWhatWasAcceptedAndNeverApplied() {
        var account = Account.of(tenant.tenant(), ChannelId.create(), Instant.now(), Uuids.v7());
        assertThat(summary("accepted")).isZero();
        counts.accepted(Map.of(account, 1_000_000L));
        Tenancy.run(tenant.tenant(), () -> transaction.executeWithoutResult(_ ->
                counts.applied(Map.of(account, 400_000L))));
        assertThat(summary("accepted")).isEqualTo(1_000_000);
        assertThat(summary("applied")).isEqualTo(400_000);
        assertThat(summary("lost")).isBetween(590_000L, 600_000L);
        assertThat(summary("doubled")).isZero();
    }

    /** A killed program leaves its last second unbooked; that must neither look like a gain nor hide a loss. */
    @Test
    void whatAKilledProgramDidNotBookHidesNoLossOfAnother() {
        var channel = ChannelId.create();
        var killed = Account.of(tenant.tenant(), channel, Instant.now(), Uuids.v7());
        var losing = Account.of(tenant.tenant(), channel, Instant.now(), Uuids.v7());
        counts.accepted(Map.of(killed, 400_000L, losing, 1_000_000L));
        Tenancy.run(tenant.tenant(), () -> transaction.executeWithoutResult(_ ->
                counts.applied(Map.of(killed, 700_000L, losing, 700_000L))));
        assertThat(summary("accepted")).isEqualTo(1_700_000);
        assertThat(summary("applied")).isEqualTo(1_400_000);
        assertThat(summary("lost")).isBetween(290_000L, 300_000L);
        assertThat(Tenancy.call(tenant.tenant(), () -> counts.days(LocalDate.now(ZoneOffset.UTC).minusDays(1))))
                .singleElement().satisfies(day -> assertThat(day.accepted()).isEqualTo(1_700_000));
    }

    @Test
    void anotherTenantsBooksAreClosed() {
        var theirs = TestTenant.create(db, transaction);
        counts.accepted(Map.of(Account.of(theirs.tenant(), ChannelId.create(), Instant.now(), Uuids.v7()), 7L));
        assertThat(summary("accepted")).isZero();
    }

    @Test
    void onlyOperatorsLook() {
        var viewer = Api.anonymous(port).as(TestCallers.token(tenant.tenant(), EnumSet.of(Permission.INBOX_READ)));
        for (var path : new String[] {"queues", "relay", "summary", "failures"}) {
            assertThat(viewer.get("/api/v1/operations/" + path).status()).isEqualTo(403);
        }
    }

    private long summary(String field) {
        return api.get("/api/v1/operations/summary").json().path(field).asLong();
    }
}

package com.ventros.crm.channels.waha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestTenant;
import com.ventros.crm.channels.ChannelConnections;
import com.ventros.crm.channels.DeliveryCounts;
import com.ventros.crm.channels.TestChannels;
import com.ventros.crm.events.Broker;
import com.ventros.crm.events.Topology;
import com.ventros.crm.tenancy.Tenancy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@DatabaseTest
class SpoolTests {

    @Autowired
    JdbcClient db;

    @Autowired
    @Qualifier("system")
    JdbcClient system;

    @Autowired
    @Qualifier("system")
    PlatformTransactionManager systemTransactions;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    DeliveryCounts books;

    @Autowired
    ChannelConnections connections;

    @Autowired
    WahaProperties settings;

    @Autowired
    DoorChannels channels;

    @LocalServerPort
    int port;

    @Test
    void whatIsAcceptedWhileTheBrokerIsAwayIsAppliedOnceItIsBack() {
        var tenant = TestTenant.create(db, transaction);
        var key = TestChannels.of(tenant, port).connect("http://waha.invalid", "vendas").webhookPath().substring("/webhooks/waha/".length());
        var away = new BrokerThatIsAway();
        var publisher = new SharedPublisher(away, settings);
        try {
            var door = new RawDeliveries(publisher, away, system, systemTransactions, books);
            var delivery = RawDelivery.accepted(connections.door(key).orElseThrow(), Instant.now(), Optional.of("r1"),
                    Samples.body("message-gows-text.json"));

            assertThat(door.keep(delivery)).isEqualTo(RawDeliveries.Kept.IN_SPOOL);
            door.book();
        } finally {
            publisher.stop();
        }
        // The program's own sweeper finds it, and its broker is not away.
        await().atMost(Duration.ofSeconds(30)).until(() -> inTenant(tenant, books::total)
                .equals(new DeliveryCounts.Total(1, 1)));
        assertThat(inTenant(tenant, () -> db.sql("select external_id from message").query(String.class).list()))
                .containsExactly("AC9B820183092C14C6E32B97D21270F0");
        assertThat(inTenant(tenant, () -> db.sql("select count(*) from waha_spool").query(Long.class).single())).isZero();
    }

    @Test
    void whatCanBeKeptNowhereIsRefusedAndWahaIsToldWhenToComeAgain() throws Exception {
        var path = TestChannels.of(TestTenant.create(db, transaction), port).connect("http://waha.invalid", "vendas").webhookPath();
        var away = new BrokerThatIsAway();
        var nowhere = new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/none?connectTimeout=2", "nobody", "");
        var publisher = new SharedPublisher(away, settings);
        var meters = new SimpleMeterRegistry();
        try {
            var door = new WahaDoor(channels, new RawDeliveries(publisher, away, JdbcClient.create(nowhere),
                    new JdbcTransactionManager(nowhere), books), settings, meters);
            var body = Samples.body("message-gows-text.json");
            var request = new MockHttpServletRequest("POST", path);
            request.setContentType("application/json");
            request.setContent(body);
            request.addHeader("X-Webhook-Hmac", Samples.signatures().get("message-gows-text.json"));

            request.setServletPath(path);
            var answer = new MockHttpServletResponse();

            door.doFilter(request, answer, new MockFilterChain());

            assertThat(answer.getStatus()).isEqualTo(503);
            assertThat(answer.getHeader("Retry-After")).isEqualTo("5");
            assertThat(meters.counter("crm.waha.deliveries", "outcome", "refused", "reason", "unavailable").count()).isOne();
        } finally {
            publisher.stop();
        }
    }

    private <T> T inTenant(TestTenant tenant, Supplier<T> question) {
        return Tenancy.call(tenant.tenant(), () -> transaction.execute(_ -> question.get()));
    }

    /** A broker in a network that is down. */
    private static final class BrokerThatIsAway implements Broker {
        @Override
        public void unbind(String queue, String binding) {}

        @Override
        public void remove(String queue) {}

        @Override
        public void declare(List<Topology.Queue> queues) {
            throw away();
        }

        @Override
        public List<Refused> publish(List<Publication> publications, Duration timeout) {
            throw away();
        }

        @Override
        public Subscription subscribe(String queue, int batch, int workers, Handler handler) {
            throw away();
        }

        @Override
        public void tidy(String queue) {}

        @Override
        public List<QueueState> describe() {
            throw away();
        }

        @Override
        public Status status() {
            throw away();
        }

        private static BrokerUnavailable away() {
            return new BrokerUnavailable("connection refused", null);
        }
    }
}

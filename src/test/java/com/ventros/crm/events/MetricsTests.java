package com.ventros.crm.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.DatabaseTest;
import com.ventros.crm.TestTenant;
import com.ventros.crm.channels.TestChannels;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@DatabaseTest
class MetricsTests {

    private static final Duration SOON = Duration.ofSeconds(60);

    @Autowired
    JdbcClient db;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    MeterRegistry meters;

    @Autowired
    QueueMeters queues;

    @LocalServerPort
    int port;

    @Test
    void whatIsRaisedHeardAndWaitingIsCountedAndNamesNoTenant() {
        var tenant = TestTenant.create(db, transaction);
        var before = raised();
        TestChannels.of(tenant, port).connect("http://waha.invalid", "vendas");
        assertThat(raised()).isEqualTo(before + 1);
        await().atMost(SOON).until(() -> Optional.ofNullable(meters.find("crm.events.latency").tag("consumer", "audit").timer())
                .map(Timer::count).orElse(0L) > 0);
        queues.look();
        assertThat(meters.find("crm.queue.depth").tags("queue", "crm.audit", "lane", "interactive").gauge())
                .extracting(Gauge::value).satisfies(depth -> assertThat((Double) depth).isNotNegative());
        assertThat(meters.getMeters().stream().filter(meter -> meter.getId().getName().startsWith("crm."))
                .flatMap(meter -> meter.getId().getTags().stream()).map(Tag::getValue))
                .isNotEmpty().noneMatch(value -> value.contains(tenant.tenant().toString()));
    }

    private double raised() {
        return Optional.ofNullable(meters.find("crm.events.raised").tag("type", "channel.created").counter())
                .map(Counter::count).orElse(0.0);
    }
}

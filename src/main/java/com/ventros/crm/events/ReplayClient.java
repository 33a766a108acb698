package com.ventros.crm.events;

import com.ventros.crm.events.catalog.Catalogue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The little that a command needs to ask for a replay while the program runs elsewhere: the database, and nothing that
 * works on queues or takes part in the programs' heartbeat. Not a part of the program itself.
 */
@Import({Replays.class, EventLog.class, ReadModels.class, Catalogue.class})
@ComponentScan(basePackages = {"com.ventros.crm.tenancy", "com.ventros.crm.embedded"})
public class ReplayClient {

    /** Its events are found by the relay's look once a second: nobody here could ring. */
    @Bean
    Outbox outbox(JdbcClient db, @Qualifier("system") DataSource source, @Qualifier("system") JdbcClient system) {
        return new Outbox(db, new Bell(source, system, new Nodes(system, false)),
                new EventMeters(new SimpleMeterRegistry()));
    }
}

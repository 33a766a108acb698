package com.ventros.crm.conversations;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Sees to it that each month has its partition before it comes; until then the default partition takes what comes. */
@Component
class MessagePartitions {

    /** A program that nobody starts anew for a year still has them. */
    private static final int MONTHS_AHEAD = 12;

    private final JdbcClient system;

    MessagePartitions(@Qualifier("system") JdbcClient system) {
        this.system = system;
    }

    @Scheduled(initialDelay = 1, fixedDelay = 7 * 24 * 60, timeUnit = TimeUnit.MINUTES)
    void run() {
        var month = LocalDate.now(ZoneOffset.UTC).withDayOfMonth(1);
        for (int ahead = 0; ahead <= MONTHS_AHEAD; ahead++) {
            system.sql("select create_message_partition(:month)::text").param("month", month.plusMonths(ahead))
                    .query(String.class).list();
        }
    }
}

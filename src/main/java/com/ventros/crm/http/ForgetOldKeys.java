package com.ventros.crm.http;

import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Removes idempotency keys that have served their day; nothing depends on when. */
@Component
class ForgetOldKeys {

    private final JdbcClient system;

    ForgetOldKeys(@Qualifier("system") JdbcClient system) {
        this.system = system;
    }

    @Scheduled(initialDelay = 5, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    int run() {
        return system.sql("delete from idempotency_key where created_at < now() - :kept::interval")
                .param("kept", IdempotencyKeys.KEPT.toString()).update();
    }
}

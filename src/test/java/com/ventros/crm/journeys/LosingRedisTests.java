package com.ventros.crm.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.PrivateRedis;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Redis comes and goes, and nobody who works with the program notices. */
@Execution(ExecutionMode.CONCURRENT)
class LosingRedisTests {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void aProgramWithoutItsRedisIsDegradedAndWorks() throws Exception {
        try (var redis = PrivateRedis.start(folder.resolve("redis"));
                var program = new Program(folder, "--spring.data.redis.url=" + redis.url()).start()) {
            await().atMost(SOON).until(() -> redisIs(program, "up"));
            assertThat(program.get("/api/v1/chats").path("items").isArray()).isTrue();

            redis.kill();
            await().atMost(SOON).until(() -> redisIs(program, "down"));
            assertThat(program.get("/health").path("status").asString()).isEqualTo("degraded");
            for (int i = 0; i < 20; i++) assertThat(program.get("/api/v1/chats").path("items").isArray()).isTrue();

            redis.restart();
            await().atMost(SOON).until(() -> redisIs(program, "up"));
            assertThat(program.get("/health").path("status").asString()).isEqualTo("healthy");
        }
    }

    private static boolean redisIs(Program program, String state) throws Exception {
        return program.get("/health").path("parts").path("redis").asString().equals(state);
    }
}

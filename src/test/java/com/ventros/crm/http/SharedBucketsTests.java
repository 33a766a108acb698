package com.ventros.crm.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ventros.crm.PrivateRedis;
import com.ventros.crm.kernel.Uuids;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisURI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** On a real Redis that is killed, frozen and brought back. */
@Isolated
class SharedBucketsTests {

    private static final Duration SOON = Duration.ofSeconds(30);
    /** Five, and then no more before the test is over. */
    private static final BucketConfiguration FIVE = BucketConfiguration.builder()
            .addLimit(limit -> limit.capacity(5).refillIntervally(5, Duration.ofHours(1))).build();

    @TempDir
    static Path folder;

    private static PrivateRedis redis;

    private final List<LettuceConnectionFactory> open = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        redis = PrivateRedis.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        if (redis != null) redis.close();
    }

    @AfterEach
    void disconnect() {
        open.forEach(LettuceConnectionFactory::destroy);
    }

    @Test
    void twoNodesCountTogether() {
        var one = node(redis.url());
        var other = node(redis.url());
        awaitShared(one, other);
        var name = name();
        for (int i = 4; i >= 0; i--) {
            var verdict = (i % 2 == 0 ? one : other).take(name, FIVE);
            assertThat(verdict.allowed()).isTrue();
            assertThat(verdict.remaining()).isEqualTo(i);
        }
        assertThat(one.take(name, FIVE).allowed()).isFalse();
        assertThat(other.take(name, FIVE).retryAfter()).isPositive();
        other.giveBack(name, FIVE);
        assertThat(one.take(name, FIVE).allowed()).isTrue();
        one.fill(name, FIVE);
        assertThat(other.take(name, FIVE).remaining()).isEqualTo(4);
    }

    @Test
    void aRedisThatDiesIsReplacedByEachNodesOwnCountAndFoundAgain() throws Exception {
        var one = node(redis.url());
        var other = node(redis.url());
        awaitShared(one, other);
        redis.kill();
        try {
            var name = name();
            for (int i = 0; i < 5; i++) assertThat(one.take(name, FIVE).allowed()).isTrue();
            assertThat(one.take(name, FIVE).allowed()).as("this node still counts").isFalse();
            assertThat(other.take(name, FIVE).allowed()).as("for itself").isTrue();
        } finally {
            redis.restart();
        }
        awaitShared(one, other);
    }

    @Test
    void aRedisThatDoesNotAnswerIsNotWaitedFor() {
        var one = node(redis.url());
        awaitShared(one, node(redis.url()));
        try (var connection = open.getFirst().getConnection()) {
            connection.execute("CLIENT", "PAUSE".getBytes(), "3000".getBytes(), "ALL".getBytes());
        }
        var name = name();
        for (int i = 0; i < 5; i++) assertThat(one.take(name, FIVE).allowed()).isTrue();
        assertThat(one.take(name, FIVE).allowed()).isFalse();
    }

    @Test
    void aRedisThatWasNeverThereStopsNobody() {
        var alone = node("redis://127.0.0.1:1");
        var name = name();
        for (int i = 0; i < 5; i++) assertThat(alone.take(name, FIVE).allowed()).isTrue();
        assertThat(alone.take(name, FIVE).allowed()).isFalse();
    }

    /** Both have found Redis when what one takes is missing at the other. */
    private static void awaitShared(Buckets one, Buckets other) {
        await().atMost(SOON).until(() -> {
            var name = name();
            one.take(name, FIVE);
            return other.take(name, FIVE).remaining() == 3;
        });
    }

    private Buckets node(String url) {
        var where = RedisURI.create(url);
        var client = LettuceClientConfiguration.builder().commandTimeout(Duration.ofSeconds(1))
                .clientOptions(ClientOptions.builder().disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS).build())
                .build();
        var factory = new LettuceConnectionFactory(new RedisStandaloneConfiguration(where.getHost(), where.getPort()), client);
        factory.afterPropertiesSet();
        open.add(factory);
        return new Buckets(Optional.of(new SharedBuckets(factory)), TimeMeter.SYSTEM_NANOTIME);
    }

    private static String name() {
        return "test:" + Uuids.v7();
    }
}

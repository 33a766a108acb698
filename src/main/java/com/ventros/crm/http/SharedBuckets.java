package com.ventros.crm.http;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.cluster.api.async.RedisAdvancedClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Token buckets that all nodes share in Redis. When Redis does not answer in time it is left alone for a while, and
 * {@link #in} is empty at once: no request waits for it again until then.
 */
final class SharedBuckets {

    private static final Logger log = LoggerFactory.getLogger(SharedBuckets.class);
    private static final String PREFIX = "crm:bucket:";
    /** A healthy Redis answers in a millisecond; whoever asks an unhealthy one waits no longer than that, once. */
    private static final Duration PATIENCE = Duration.ofMillis(250);
    /** Between two attempts on a Redis that is away; so long each node counts for itself. */
    private static final Duration PAUSE = Duration.ofSeconds(2);
    /** Beyond the moment at which a bucket is full again, and so might as well be forgotten. */
    private static final Duration KEPT = Duration.ofSeconds(10);

    private final RedisConnectionFactory connections;
    private final AtomicBoolean connecting = new AtomicBoolean();
    private volatile ProxyManager<byte[]> buckets;
    private volatile long notBefore = System.nanoTime();
    private volatile boolean away;

    SharedBuckets(RedisConnectionFactory connections) {
        this.connections = connections;
        connect();
    }

    /** Empty when Redis is away. */
    <T> Optional<T> in(String name, BucketConfiguration limit, Function<Bucket, T> work) {
        if (System.nanoTime() - notBefore < 0) return Optional.empty();
        var known = buckets;
        if (known == null) {
            connect();
            return Optional.empty();
        }
        try {
            var key = (PREFIX + name).getBytes(StandardCharsets.UTF_8);
            var result = work.apply(known.builder().build(key, () -> limit));
            if (away) log.info("Redis is back: limits are counted for all nodes together");
            away = false;
            return Optional.of(result);
        } catch (RuntimeException unanswered) {
            leaveAlone(unanswered);
            return Optional.empty();
        }
    }

    /** Never in a request: a connection may take as long as its time-out. Once there, the client keeps it up by itself. */
    private void connect() {
        if (!connecting.compareAndSet(false, true)) return;
        Thread.ofVirtual().name("shared-buckets").start(() -> {
            try {
                buckets = open();
            } catch (RuntimeException unreachable) {
                leaveAlone(unreachable);
            } finally {
                connecting.set(false);
            }
        });
    }

    @SuppressWarnings("unchecked") // Spring's client speaks in bytes, whatever is stored
    private ProxyManager<byte[]> open() {
        try (var connection = connections.getConnection()) {
            var builder = switch (connection.getNativeConnection()) {
                case RedisAdvancedClusterAsyncCommands<?, ?> cluster ->
                        Bucket4jLettuce.casBasedBuilder((RedisAdvancedClusterAsyncCommands<byte[], byte[]>) cluster);
                case RedisAsyncCommands<?, ?> one ->
                        Bucket4jLettuce.casBasedBuilder((RedisAsyncCommands<byte[], byte[]>) one);
                default -> throw new IllegalStateException("an unknown client of Redis: " + connection.getClass());
            };
            return builder.requestTimeout(PATIENCE)
                    .expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(KEPT))
                    .build();
        }
    }

    private void leaveAlone(RuntimeException reason) {
        notBefore = System.nanoTime() + PAUSE.toNanos();
        if (!away) log.warn("Redis does not answer: each node counts limits for itself ({})", reason.toString());
        away = true;
    }
}

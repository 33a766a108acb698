package com.ventros.crm.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Token buckets by name: who asks too often waits. All nodes share them in Redis where one is configured; otherwise, and
 * while Redis is away, each node counts for itself, so that no request ever waits for a counter or fails by it.
 */
public final class Buckets {

    /** A few megabytes; whoever fills it up loses the oldest buckets, and a forgotten bucket is a full one. */
    private static final int MAX_BUCKETS = 50_000;
    /** As long as the longest of our limits looks back. */
    private static final Duration IDLE = Duration.ofMinutes(15);

    /** What a bucket says to one request. */
    public record Verdict(boolean allowed, long remaining, Duration retryAfter) {}

    private final Optional<SharedBuckets> shared;
    private final TimeMeter clock;
    private final Cache<String, Bucket> here =
            Caffeine.newBuilder().maximumSize(MAX_BUCKETS).expireAfterAccess(IDLE).build();

    Buckets(Optional<SharedBuckets> shared, TimeMeter clock) {
        this.shared = shared;
        this.clock = clock;
    }

    /** Buckets of this node alone. */
    public static Buckets ofThisNode() {
        return new Buckets(Optional.empty(), TimeMeter.SYSTEM_NANOTIME);
    }

    /** Takes one token, if there is one. */
    public Verdict take(String name, BucketConfiguration limit) {
        var probe = in(name, limit, bucket -> bucket.tryConsumeAndReturnRemaining(1));
        return new Verdict(probe.isConsumed(), probe.getRemainingTokens(), Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    /** Puts one token back: it was taken for nothing. */
    public void giveBack(String name, BucketConfiguration limit) {
        in(name, limit, bucket -> {
            bucket.addTokens(1);
            return true;
        });
    }

    /** Fills a bucket up. */
    public void fill(String name, BucketConfiguration limit) {
        here.invalidate(name);
        in(name, limit, bucket -> {
            bucket.reset();
            return true;
        });
    }

    private <T> T in(String name, BucketConfiguration limit, Function<Bucket, T> work) {
        return shared.flatMap(redis -> redis.in(name, limit, work))
                .orElseGet(() -> work.apply(here.get(name, _ -> bucketOfThisNode(limit))));
    }

    private Bucket bucketOfThisNode(BucketConfiguration limit) {
        var builder = Bucket.builder().withCustomTimePrecision(clock);
        for (var bandwidth : limit.getBandwidths()) builder.addLimit(bandwidth);
        return builder.build();
    }
}

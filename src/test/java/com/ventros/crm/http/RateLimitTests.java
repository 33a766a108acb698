package com.ventros.crm.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.ventros.crm.http.RateLimit.Limits;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.kernel.Uuids;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class RateLimitTests {

    private final AtomicLong now = new AtomicLong(-5);
    private final RateLimit limit = new RateLimit(
            new Limits(10, 20, 30, 45), new Buckets(Optional.empty(), new Clock(now)));
    private final TenantId tenant = TenantId.create();

    @Test
    void aBurstPassesAndThenTheRateCounts() throws Exception {
        var caller = caller();
        for (int i = 19; i >= 0; i--) {
            assertThat(ask(caller).getHeader("RateLimit-Remaining")).isEqualTo(Integer.toString(i));
        }
        var refused = ask(caller);
        assertThat(refused.getStatus()).isEqualTo(429);
        assertThat(refused.getHeader("Retry-After")).isEqualTo("1");
        assertThat(refused.getContentAsString()).contains("\"code\":\"rate_limited\"");

        now.addAndGet(Duration.ofMillis(100).toNanos());
        assertThat(ask(caller).getStatus()).isEqualTo(200);
        assertThat(ask(caller).getStatus()).isEqualTo(429);
    }

    @Test
    void oneCallerDoesNotUseUpAnothersRoom() throws Exception {
        var busy = caller();
        for (int i = 0; i < 30; i++) ask(busy);
        assertThat(ask(caller()).getStatus()).isEqualTo(200);
    }

    @Test
    void aTenantsCallersShareItsRoom() throws Exception {
        var allowed = 0;
        for (int i = 0; i < 60; i++) if (ask(caller()).getStatus() == 200) allowed++;
        assertThat(allowed).isEqualTo(45);
    }

    @Test
    void exactlyTheBurstPassesWhenAllComeAtOnce() throws Exception {
        var buckets = new Buckets(Optional.empty(), new Clock(now));
        var limit = BucketConfiguration.builder()
                .addLimit(one -> one.capacity(50).refillGreedy(10, Duration.ofSeconds(1))).build();
        Callable<Boolean> take = () -> buckets.take("everybody", limit).allowed();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var passed = threads.invokeAll(IntStream.range(0, 500).mapToObj(_ -> take).toList()).stream()
                    .filter(one -> one.resultNow()).count();
            assertThat(passed).isEqualTo(50);
        }
    }

    private record Clock(AtomicLong now) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return now.get();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }

    private Principal caller() {
        return new Principal(tenant, Principal.Kind.API_KEY, Uuids.v7(), "key", Set.of());
    }

    private MockHttpServletResponse ask(Principal caller) throws Exception {
        var request = new MockHttpServletRequest("GET", "/api/v1/chats");
        request.setAttribute(PrincipalFilter.ATTRIBUTE, caller);
        var response = new MockHttpServletResponse();
        limit.doFilter(request, response, new MockFilterChain());
        return response;
    }
}

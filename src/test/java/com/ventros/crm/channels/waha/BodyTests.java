package com.ventros.crm.channels.waha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BodyTests {

    private static final int LIMIT = 20_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test
    void aBodyOfTheLimitIsReadWholeAndOneByteMoreIsNot() throws Exception {
        assertThat(read(new ByteArrayInputStream(new byte[LIMIT]), -1)).hasSize(LIMIT);
        assertThatThrownBy(() -> read(new ByteArrayInputStream(new byte[LIMIT + 1]), -1)).isInstanceOf(Body.TooLarge.class);
    }

    @Test
    void aBodyThatIsDeclaredTooLargeIsNotEvenLookedAt() {
        var untouchable = new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("not to be read");
            }
        };
        assertThatThrownBy(() -> read(untouchable, LIMIT + 1)).isInstanceOf(Body.TooLarge.class);
    }

    @Test
    void aBodyThatTricklesIsGivenUp() {
        var clock = new AtomicLong();
        var trickle = new InputStream() {
            @Override
            public int read() {
                clock.addAndGet(Duration.ofSeconds(3).toNanos());
                return 'x';
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                into[offset] = (byte) read();
                return 1;
            }
        };
        assertThatThrownBy(() -> Body.read(trickle, -1, LIMIT, PATIENCE, clock::get)).isInstanceOf(Body.TooSlow.class);
    }

    private static byte[] read(InputStream in, long declared) throws Exception {
        return Body.read(in, declared, LIMIT, PATIENCE, System::nanoTime);
    }
}

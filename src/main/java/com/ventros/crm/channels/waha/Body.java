package com.ventros.crm.channels.waha;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Reads a request's body whole, or gives up: never more than the limit in memory, never longer than the time allowed. */
final class Body {

    /** One read of Tomcat's buffer; most deliveries (2 to 8 KB) fit into one. */
    private static final int CHUNK = 8 * 1024;

    private Body() {}

    /** More bytes than allowed. */
    static final class TooLarge extends Exception {}

    /** A caller that trickles. */
    static final class TooSlow extends Exception {}

    /** A caller that went away in the middle. */
    static final class BrokenOff extends Exception {}

    /**
     * @param declared  the Content-Length, -1 when the body is chunked
     * @param nanoClock for instance {@code System::nanoTime}
     */
    static byte[] read(InputStream in, long declared, int limit, Duration patience, LongSupplier nanoClock)
            throws TooLarge, TooSlow, BrokenOff {
        if (declared > limit) throw new TooLarge();
        var start = nanoClock.getAsLong();
        var collected = new ByteArrayOutputStream(declared > 0 ? (int) declared : CHUNK);
        var chunk = new byte[CHUNK];
        try {
            for (int n; (n = in.read(chunk)) >= 0; ) {
                if (collected.size() + n > limit) throw new TooLarge();
                if (nanoClock.getAsLong() - start > patience.toNanos()) throw new TooSlow();
                collected.write(chunk, 0, n);
            }
        } catch (IOException brokenOff) {
            throw new BrokenOff();
        }
        return collected.toByteArray();
    }
}

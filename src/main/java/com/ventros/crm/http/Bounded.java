package com.ventros.crm.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What somebody else's server may take of us: so much time, to the last byte, and so many bytes. */
public final class Bounded {

    private static final int COPIED_AT_ONCE = 64 * 1024;
    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

    private Bounded() {}

    /** Keeps a setting below what others build upon, such as the time after which a send is taken for broken off. */
    public static void atMost(Duration most, String setting, Duration given) {
        if (given.isNegative() || given.isZero() || given.compareTo(most) > 0) {
            throw new IllegalArgumentException(setting + " is " + given + "; it has to be more than nothing and at most " + most + ".");
        }
    }

    /** A request's own time-out ends with the headers; bytes may come as slowly as somebody likes. */
    public static <T> T within(Duration patience, Callable<T> asking) throws TimeoutException, ExecutionException, InterruptedException {
        var work = THREADS.submit(asking);
        try {
            return work.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | InterruptedException over) {
            work.cancel(true);
            throw over;
        }
    }

    /** False when there are more than that; what was copied until then is of no use. */
    public static boolean copy(InputStream from, Path into, long most) throws IOException {
        try (var out = Files.newOutputStream(into)) {
            var buffer = new byte[COPIED_AT_ONCE];
            long all = 0;
            for (int read; (read = from.read(buffer)) >= 0; ) {
                all += read;
                if (all > most) return false;
                out.write(buffer, 0, read);
            }
            return true;
        }
    }
}

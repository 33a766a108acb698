package com.ventros.bench.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Posts to a server, or gets from it, over connections that stay open.
 *
 * <p>At a given rate each request has its time before the first is sent, and its latency counts from that time, however
 * late a connection was free for it: a server that stalls is charged for everybody who would have waited. Plain sockets
 * and hardly a copy: the generator shares the machine with what it measures.
 */
final class Posting {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    /** Latencies are kept in microseconds with three digits, up to this many of them. */
    private static final long LONGEST_MICROS = TIMEOUT.toMillis() * 1_000 * 10;

    /** What to post, or to get where it has no body. */
    record Request(String path, String headers, byte[] body) {

        static Request get(String path, String headers) {
            return new Request(path, headers, null);
        }
    }

    /**
     * What became of it.
     *
     * @param due      when each request was due, in microseconds since 1970
     * @param status   its answer, 0 for none
     * @param latency  microseconds from when it was due until it was answered, of those answered 200 or 202
     * @param seconds  from the first due time to the last answer
     */
    record Result(long[] due, int[] status, Histogram latency, double seconds, int posted) {

        int accepted() {
            return (int) Arrays.stream(status, 0, posted).filter(Posting::good).count();
        }

        int refused() {
            return posted - accepted();
        }
    }

    static boolean good(int status) {
        return status == 200 || status == 202;
    }

    private final InetSocketAddress server;
    private final int connections;

    Posting(URI server, int connections) {
        this.server = new InetSocketAddress(server.getHost(), server.getPort());
        this.connections = connections;
    }

    /**
     * Posts until the time is over or all is posted.
     *
     * @param perSecond 0 for as fast as the connections go
     */
    Result run(int most, Duration duration, double perSecond, IntFunction<Request> requests) throws InterruptedException {
        var due = new long[most];
        var status = new int[most];
        var latency = new ConcurrentHistogram(LONGEST_MICROS, 3);
        latency.setAutoResize(true);
        var next = new AtomicInteger();
        var startNanos = System.nanoTime();
        var startMicros = micros(Instant.now());
        var endNanos = startNanos + duration.toNanos();
        var threads = new ArrayList<Thread>();
        for (int c = 0; c < connections; c++) {
            threads.add(Thread.ofPlatform().name("post-" + c).start(() -> {
                try (var connection = new Connection()) {
                    while (true) {
                        var now = System.nanoTime();
                        if (perSecond == 0 && now >= endNanos) return;
                        int i = next.getAndIncrement();
                        if (i >= most) return;
                        var dueNanos = perSecond == 0 ? now : startNanos + (long) (i * 1e9 / perSecond);
                        if (dueNanos >= endNanos) {
                            due[i] = -1;
                            return;
                        }
                        due[i] = startMicros + (dueNanos - startNanos) / 1_000;
                        var request = requests.apply(i);
                        while ((now = System.nanoTime()) < dueNanos) LockSupport.parkNanos(dueNanos - now);
                        status[i] = connection.post(request);
                        if (good(status[i])) latency.recordValue(Math.max(0, (System.nanoTime() - dueNanos) / 1_000));
                    }
                }
            }));
        }
        for (var thread : threads) thread.join();
        var seconds = (System.nanoTime() - startNanos) / 1e9;
        int posted = 0;
        while (posted < Math.min(most, next.get()) && due[posted] > 0) posted++;
        return new Result(due, status, latency, seconds, posted);
    }

    private static long micros(Instant at) {
        return at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
    }

    /** One connection that stays open; it opens anew after an error. */
    private final class Connection implements AutoCloseable {
        private Socket socket;
        private InputStream in;
        private OutputStream out;

        int post(Request request) {
            try {
                if (socket == null) open();
                var host = " HTTP/1.1\r\nHost: " + server.getHostString() + ":" + server.getPort() + "\r\n";
                if (request.body() == null) {
                    out.write(("GET " + request.path() + host + request.headers() + "\r\n").getBytes(StandardCharsets.US_ASCII));
                    return answer();
                }
                var head = ("POST " + request.path() + host + "Content-Type: application/json\r\nContent-Length: "
                        + request.body().length + "\r\n" + request.headers() + "\r\n").getBytes(StandardCharsets.US_ASCII);
                var whole = Arrays.copyOf(head, head.length + request.body().length);
                System.arraycopy(request.body(), 0, whole, head.length, request.body().length);
                out.write(whole);
                return answer();
            } catch (IOException broken) {
                close();
                return 0;
            }
        }

        private void open() throws IOException {
            socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) TIMEOUT.toMillis());
            socket.connect(server, (int) TIMEOUT.toMillis());
            in = new BufferedInputStream(socket.getInputStream());
            out = socket.getOutputStream();
        }

        private int answer() throws IOException {
            var first = line();
            int status = Integer.parseInt(first.substring(9, 12));
            int length = 0;
            boolean chunked = false;
            boolean closes = false;
            for (var header = line(); !header.isEmpty(); header = line()) {
                var lower = header.toLowerCase();
                if (lower.startsWith("content-length:")) length = Integer.parseInt(lower.substring(15).strip());
                if (lower.startsWith("transfer-encoding:") && lower.contains("chunked")) chunked = true;
                if (lower.startsWith("connection:") && lower.contains("close")) closes = true;
            }
            if (!chunked) in.skipNBytes(length);
            else {
                for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
                    in.skipNBytes(size + 2);
                }
                line();
            }
            if (closes) close();
            return status;
        }

        private String line() throws IOException {
            var line = new StringBuilder(64);
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) throw new IOException("the server closed the connection");
                if (b != '\r') line.append((char) b);
            }
            return line.toString();
        }

        @Override
        public void close() {
            try {
                if (socket != null) socket.close();
            } catch (IOException already) {
                // it was broken anyway
            }
            socket = null;
        }
    }
}

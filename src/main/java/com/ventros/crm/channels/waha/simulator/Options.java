package com.ventros.crm.channels.waha.simulator;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How a simulated server is set up.
 *
 * @param apiKey   what {@code X-Api-Key} must be
 * @param port     on loopback; 0 takes a free one
 * @param engine   of the server, and of sessions for which {@code engines} names no other
 * @param engines  by session name
 * @param version  the release it says it is
 * @param baseUrl  WAHA's idea of its own address, in the addresses of files; wrong by default, as with WAHA
 * @param seed     of everything random, together with the clock's time at the start: ids are new after a restart
 * @param patience how long a call waits for {@code WORKING} before it is refused; WAHA waits up to 15 s
 * @param keeps    how many messages (per session), ledger entries (of each kind) and open deliveries are kept
 */
public record Options(
        String apiKey,
        int port,
        Engine engine,
        Map<String, Engine> engines,
        String version,
        String baseUrl,
        long seed,
        Clock clock,
        Pace pace,
        Duration patience,
        int keeps) {

    /** Enough for a load test; a quarter of a million messages need about half a gigabyte. */
    private static final int KEPT_IN_TESTS = 250_000;
    /** A demonstration runs for days inside the product's own memory. */
    private static final int KEPT_IN_DEMO = 2_000;

    public static Options forTests() {
        return new Options("waha-test-key", 0, Engine.GOWS, Map.of(), "2026.4.3", "http://localhost:3000", 1,
                Clock.systemUTC(), Pace.immediate(), Duration.ZERO, KEPT_IN_TESTS);
    }

    public static Options forDemo(String apiKey, long seed) {
        return new Options(apiKey, 0, Engine.GOWS, Map.of(), "2026.4.3", "http://localhost:3000", seed,
                Clock.systemUTC(), Pace.human(), Duration.ofSeconds(5), KEPT_IN_DEMO);
    }

    public Options withPort(int port) {
        return new Options(apiKey, port, engine, engines, version, baseUrl, seed, clock, pace, patience, keeps);
    }

    /** Sessions of this name will run on this engine, whoever makes them. */
    public Options withEngine(String session, Engine sessionsEngine) {
        var all = new HashMap<>(engines);
        all.put(session, sessionsEngine);
        return new Options(
                apiKey, port, engine, Map.copyOf(all), version, baseUrl, seed, clock, pace, patience, keeps);
    }

    public Options withSeed(long seed) {
        return new Options(apiKey, port, engine, engines, version, baseUrl, seed, clock, pace, patience, keeps);
    }

    public Options withClock(Clock clock) {
        return new Options(apiKey, port, engine, engines, version, baseUrl, seed, clock, pace, patience, keeps);
    }

    public Options withPace(Pace pace) {
        return new Options(apiKey, port, engine, engines, version, baseUrl, seed, clock, pace, patience, keeps);
    }

    public Options withPatience(Duration patience) {
        return new Options(apiKey, port, engine, engines, version, baseUrl, seed, clock, pace, patience, keeps);
    }

    public Options keeping(int keeps) {
        return new Options(apiKey, port, engine, engines, version, baseUrl, seed, clock, pace, patience, keeps);
    }
}

package com.ventros.crm.journeys;

import com.ventros.crm.channels.waha.simulator.Engine;
import com.ventros.crm.channels.waha.simulator.Options;
import com.ventros.crm.channels.waha.simulator.WahaSimulator;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A conversation ends by silence although the program, and with it all that Temporal knew, was killed meanwhile. */
@Execution(ExecutionMode.CONCURRENT)
class SilenceAfterAKillTests {

    private static final String SECRET = "a secret that only the two of us know";
    /** The customer wrote so long ago that the minute of silence is over soon after the restart. */
    private static final Duration AGO = Duration.ofSeconds(45);
    private static final Duration SOON = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    @Test
    void theSessionStillEnds() throws Exception {
        var earlier = Clock.offset(Clock.systemUTC(), AGO.negated());
        try (var program = new Program(folder).start();
                var waha = WahaSimulator.start(Options.forTests().withClock(earlier))) {
            var channel = program.post("/api/v1/channels", """
                    {"name":"Vendas","type":"waha","sessionTimeoutMinutes":1,"waha":{"url":"%s","session":"vendas",
                     "apiKey":"waha-test-key","hmacSecret":"%s"}}""".formatted(waha.url(), SECRET));
            waha.session("vendas", Engine.GOWS)
                    .deliverTo(program.uri(channel.path("webhookPath").asString()).toString(), SECRET).pair()
                    .customer("Ana Souza", "5511998000101").writes("Até logo!");
            Awaitility.await().atMost(SOON).until(() -> program.count("select count(*) from session") == 1);

            program.kill();
            program.start();

            Awaitility.await().atMost(SOON).until(() -> program.count("""
                    select count(*) from session where status = 'ENDED' and end_reason = 'SILENCE'
                       and ended_at = deadline""") == 1);
            Awaitility.await().atMost(SOON).until(() -> program.count("""
                    select count(*) from live_event where type = 'session.ended'""") == 1);
        }
    }
}

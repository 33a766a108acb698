package com.ventros.crm.channels.waha.simulator;

import com.ventros.crm.channels.waha.simulator.Misbehaviour.Fault;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Semaphore;

/**
 * Posts events to webhooks: side by side, without order, with retries, and with the faults that the dice decide.
 * What waits is in memory only and is lost with the simulator, as with WAHA.
 */
final class Deliveries implements AutoCloseable {

    /** Sockets in use at once; more only take file handles from the machine that also runs the receiver. */
    private static final int AT_ONCE = 64;
    /** WAHA shows no time-out of its own; this one only frees the socket of a receiver that hangs. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(5);

    private final Agenda agenda;
    private final Ledger ledger;
    private final Dice dice;
    private final String version;
    private final int mostWaiting;
    private final Random random;
    private final HttpClient http;
    private final Semaphore sockets = new Semaphore(AT_ONCE);

    /** @param mostWaiting open tasks beyond which a new delivery is lost, so that memory is bounded */
    Deliveries(Agenda agenda, Ledger ledger, Dice dice, String version, int mostWaiting, long seed) {
        this.agenda = agenda;
        this.ledger = ledger;
        this.dice = dice;
        this.version = version;
        this.mostWaiting = mostWaiting;
        this.random = new Random(seed);
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_PATIENCE)
                .executor(agenda.threads())
                .build();
    }

    /** Delivers one event to one webhook, as well or as badly as the dice want it. */
    void deliver(Webhook webhook, String session, String event, String messageId, Instant arose, byte[] body) {
        var requestId = requestId();
        if (dice.spoilsDelivery(Fault.LOST) || agenda.open() > mostWaiting) {
            ledger.lost(requestId, session, event, messageId, webhook.url());
            return;
        }
        var request = webhook.request()
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("User-Agent", "WAHA/" + version)
                .header("X-Webhook-Request-Id", requestId)
                .header("X-Webhook-Timestamp", String.valueOf(arose.toEpochMilli()));
        webhook.hmacKey().ifPresent(key -> request
                .header("X-Webhook-Hmac", Webhook.hmac(key, body))
                .header("X-Webhook-Hmac-Algorithm", "sha512"));
        var post = request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
        int copies = dice.copies();
        for (int copy = 0; copy <= copies; copy++) {
            var entry = ledger.delivering(requestId, session, event, messageId, webhook.url());
            agenda.after(dice.holdBack(copy > 0), () -> post(post, webhook.retries(), entry));
        }
    }

    private void post(HttpRequest post, Webhook.Retries retries, Ledger.Delivery entry) throws InterruptedException {
        for (int retry = 1; ; retry++) {
            var pause = retries.pauseBefore(retry, chance());
            sockets.acquire();
            try {
                var answer = http.send(post, HttpResponse.BodyHandlers.discarding());
                entry.answered(answer.statusCode());
                if (answer.statusCode() / 100 == 2) {
                    ledger.accepted(entry);
                    return;
                }
                var asked = retryAfter(answer);
                if (asked.isPresent() && asked.get().compareTo(pause) > 0) pause = asked.get();
            } catch (IOException noAnswer) {
                entry.answered(Ledger.NO_ANSWER);
            } finally {
                sockets.release();
            }
            if (retry > retries.attempts()) {
                ledger.gaveUp(entry);
                return;
            }
            Thread.sleep(pause);
        }
    }

    private static Optional<Duration> retryAfter(HttpResponse<?> answer) {
        return answer.headers().firstValue("Retry-After")
                .filter(seconds -> seconds.matches("\\d{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    }

    private synchronized String requestId() {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private synchronized double chance() {
        return random.nextDouble();
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}

package com.ventros.crm.channels.waha;

import com.ventros.crm.channels.ChannelConnections.Door;
import com.ventros.crm.channels.waha.RawDeliveries.Kept;
import com.ventros.crm.http.Open;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where WAHA delivers. A delivery is checked (address, size, signature over the raw bytes, session), kept durably and
 * only then answered; what it means is found out later. Anything but 200 makes WAHA repeat it up to fifteen times.
 */
@RestController
class WahaDoor {

    /** Why a delivery was turned away. */
    private enum Reason {
        UNKNOWN_CHANNEL(HttpStatus.NOT_FOUND, "channel_not_found", "There is no such channel."),
        TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "body_too_large", "The body is larger than this door takes."),
        TOO_SLOW(HttpStatus.REQUEST_TIMEOUT, "body_too_slow", "The body did not arrive in time."),
        INCOMPLETE(HttpStatus.BAD_REQUEST, "body_incomplete", "The body broke off."),
        NOT_SIGNED(HttpStatus.UNAUTHORIZED, "signature_invalid", "The signature is missing or wrong."),
        SESSION_MISMATCH(HttpStatus.UNPROCESSABLE_CONTENT, "session_mismatch",
                "This address belongs to another session."),
        NOWHERE_TO_KEEP(HttpStatus.SERVICE_UNAVAILABLE, "unavailable", "The delivery cannot be kept now; try again.");

        final HttpStatus status;
        final String code;
        final String detail;

        Reason(HttpStatus status, String code, String detail) {
            this.status = status;
            this.code = code;
            this.detail = detail;
        }
    }

    private static final Logger log = LoggerFactory.getLogger(WahaDoor.class);
    private static final String METER = "crm.waha.deliveries";
    /** Long enough for a database to come back, short enough for a customer who waits. */
    private static final String RETRY_AFTER_SECONDS = "5";
    private static final byte[] ACCEPTED = "{\"accepted\":true}".getBytes(StandardCharsets.US_ASCII);

    private final DoorChannels channels;
    private final RawDeliveries deliveries;
    private final WahaProperties settings;
    private final MeterRegistry meters;

    WahaDoor(DoorChannels channels, RawDeliveries deliveries, WahaProperties settings, MeterRegistry meters) {
        this.channels = channels;
        this.deliveries = deliveries;
        this.settings = settings;
        this.meters = meters;
    }

    /**
     * Takes what WAHA delivers, signed with the channel's HMAC. The answer says that it is kept, not that it was
     * applied.
     */
    @Open
    @PostMapping(path = "/webhooks/waha/{channelKey}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> deliver(@PathVariable String channelKey, HttpServletRequest request) {
        var receivedAt = Instant.now();
        try {
            var door = channels.find(channelKey);
            if (door.isEmpty()) return refused(Reason.UNKNOWN_CHANNEL);
            var body = Body.read(request.getInputStream(), request.getContentLengthLong(),
                    Math.toIntExact(settings.maxBody().toBytes()), settings.bodyTimeout(), System::nanoTime);
            return checked(door.get(), body, receivedAt, request);
        } catch (Body.TooLarge _) {
            return refused(Reason.TOO_LARGE);
        } catch (Body.TooSlow _) {
            return refused(Reason.TOO_SLOW);
        } catch (IOException brokenOff) {
            return refused(Reason.INCOMPLETE);
        } catch (DataAccessException | TransactionException away) {
            log.error("A delivery can be kept neither in the broker nor in the database", away);
            return refused(Reason.NOWHERE_TO_KEEP);
        }
    }

    private ResponseEntity<?> checked(Door door, byte[] body, Instant receivedAt, HttpServletRequest request) {
        if (!Signature.fits(body, door.hmacSecret(), request.getHeader("X-Webhook-Hmac"))) {
            return refused(Reason.NOT_SIGNED);
        }
        return switch (Peek.at(body)) {
            case Peek.Broken(var code, var detail) -> {
                log.warn("Channel {} delivered {} bytes that are refused: {}", door.channel(), body.length, code);
                yield refused(HttpStatus.BAD_REQUEST, code, detail);
            }
            case Peek.Envelope(_, var session) when !session.equals(door.session()) -> refused(Reason.SESSION_MISMATCH);
            case Peek.Envelope _ -> {
                var requestId = Optional.ofNullable(request.getHeader("X-Webhook-Request-Id"));
                var kept = deliveries.keep(RawDelivery.accepted(door, receivedAt, requestId, body));
                count(kept == Kept.IN_SPOOL ? "spooled" : "accepted", "none");
                yield ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(ACCEPTED);
            }
        };
    }

    private ResponseEntity<?> refused(Reason reason) {
        return refused(reason.status, reason.code, reason.detail);
    }

    private ResponseEntity<?> refused(HttpStatus status, String code, String detail) {
        count("refused", code);
        var problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setProperty("code", code);
        problem.setProperty("errors", List.of());
        problem.setProperty("traceId", MDC.get("traceId"));
        var answer = ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (status == HttpStatus.SERVICE_UNAVAILABLE) answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        return answer.body(problem);
    }

    private void count(String outcome, String reason) {
        meters.counter(METER, "outcome", outcome, "reason", reason).increment();
    }
}

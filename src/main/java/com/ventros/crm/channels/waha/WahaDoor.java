package com.ventros.crm.channels.waha;

import com.ventros.crm.channels.ChannelConnections.Door;
import com.ventros.crm.channels.waha.RawDeliveries.Kept;
import com.ventros.crm.http.Problem;
import com.ventros.crm.vault.Secrets;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.TransactionException;

/**
 * Where WAHA delivers. A delivery is checked (address, size, signature over the raw bytes, session), kept durably and
 * only then answered; what it means is found out later. Anything but 200 makes WAHA repeat it up to fifteen times.
 *
 * <p>It stands before the other filters and before Spring MVC: the way through them costs more than all that is done
 * here. They have nothing to add, since the door knows its callers by their signature.
 */
final class WahaDoor extends HttpFilter {

    /** The address of a channel's door is this and its key. */
    static final String PATH = "/webhooks/waha/";

    /** Why a delivery was turned away. */
    private enum Reason {
        WRONG_METHOD(HttpStatus.METHOD_NOT_ALLOWED, "method_not_allowed", "Deliveries are posted."),
        NOT_JSON(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "media_type_unsupported", "Deliveries are JSON."),
        UNKNOWN_CHANNEL(HttpStatus.NOT_FOUND, "channel_not_found", "There is no such channel."),
        TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "body_too_large", "The body is larger than this door takes."),
        TOO_SLOW(HttpStatus.REQUEST_TIMEOUT, "body_too_slow", "The body did not arrive in time."),
        INCOMPLETE(HttpStatus.BAD_REQUEST, "body_incomplete", "The body broke off."),
        NOT_SIGNED(HttpStatus.UNAUTHORIZED, "signature_invalid", "The signature is missing or wrong."),
        SESSION_MISSING(HttpStatus.BAD_REQUEST, "session_missing", "The body names no session."),
        SESSION_MISMATCH(HttpStatus.UNPROCESSABLE_CONTENT, "session_mismatch",
                "This address belongs to another session."),
        NOWHERE_TO_KEEP(HttpStatus.SERVICE_UNAVAILABLE, "unavailable", "The delivery cannot be kept now; try again."),
        NOBODY_TO_CHECK(HttpStatus.SERVICE_UNAVAILABLE, "unavailable", "The delivery cannot be checked now; try again.");

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
    private static final Pattern JSON = Pattern.compile("application/json\\s*(;.*)?", Pattern.CASE_INSENSITIVE);
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

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain nobody) throws IOException {
        if (!request.getMethod().equals("POST")) {
            response.setHeader(HttpHeaders.ALLOW, "POST");
            refuse(Reason.WRONG_METHOD, request, response);
        } else if (request.getContentType() == null || !JSON.matcher(request.getContentType()).matches()) {
            refuse(Reason.NOT_JSON, request, response);
        } else {
            deliver(request, response);
        }
    }

    private void deliver(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var receivedAt = Instant.now();
        try {
            var path = request.getServletPath();
            var door = path.startsWith(PATH) ? channels.find(path.substring(PATH.length())) : Optional.<Door>empty();
            if (door.isEmpty()) {
                refuse(Reason.UNKNOWN_CHANNEL, request, response);
                return;
            }
            var body = Body.read(request.getInputStream(), request.getContentLengthLong(),
                    Math.toIntExact(settings.maxBody().toBytes()), settings.bodyTimeout(), System::nanoTime);
            check(door.get(), body, receivedAt, request, response);
        } catch (Body.TooLarge _) {
            refuse(Reason.TOO_LARGE, request, response);
        } catch (Body.TooSlow _) {
            refuse(Reason.TOO_SLOW, request, response);
        } catch (Body.BrokenOff _) {
            refuse(Reason.INCOMPLETE, request, response);
        } catch (Secrets.CannotOpen unreadable) {
            log.error("A channel's signing secret cannot be opened (crm.secrets): {}", unreadable.getMessage());
            response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
            refuse(Reason.NOBODY_TO_CHECK, request, response);
        } catch (DataAccessException | TransactionException away) {
            log.error("A delivery can be kept neither in the broker nor in the database", away);
            response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
            refuse(Reason.NOWHERE_TO_KEEP, request, response);
        }
    }

    private void check(Door door, byte[] body, Instant receivedAt, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!Signature.fits(body, door.hmacSecret(), request.getHeader("X-Webhook-Hmac"))) {
            refuse(Reason.NOT_SIGNED, request, response);
            return;
        }
        switch (Peek.at(body)) {
            case Peek.OfNobody _ -> refuse(Reason.SESSION_MISSING, request, response);
            case Peek.OfSession(var session) when !session.equals(door.session()) -> refuse(Reason.SESSION_MISMATCH, request, response);
            // What nobody can read is the channel's all the same, by its signature: refused, it would come fifteen times and then be gone.
            case Peek.OfSession _, Peek.Unreadable _ -> {
                var requestId = Optional.ofNullable(request.getHeader("X-Webhook-Request-Id"));
                var kept = deliveries.keep(RawDelivery.accepted(door, receivedAt, requestId, body));
                count(kept == Kept.IN_SPOOL ? "spooled" : "accepted", "none");
                response.setContentType("application/json");
                response.setContentLength(ACCEPTED.length);
                response.getOutputStream().write(ACCEPTED);
            }
        }
    }

    private void refuse(Reason reason, HttpServletRequest request, HttpServletResponse response) throws IOException {
        count("refused", reason.code);
        Problem.of(reason.status, reason.code, reason.detail, request).writeTo(response);
    }

    private void count(String outcome, String reason) {
        meters.counter(METER, "outcome", outcome, "reason", reason).increment();
    }
}

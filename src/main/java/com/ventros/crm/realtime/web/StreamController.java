package com.ventros.crm.realtime.web;

import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Principal;
import com.ventros.crm.http.Requires;
import com.ventros.crm.realtime.LiveEvent;
import com.ventros.crm.realtime.LiveFeeds;
import com.ventros.crm.realtime.LiveFeeds.Screen;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.catalina.connector.ClientAbortException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one stream of a screen: server-sent events that resume after {@code Last-Event-ID}. Each holds a virtual thread,
 * which is cheap, and keeps the tenant that the request is bound to.
 */
@RestController
class StreamController {

    private static final Logger log = LoggerFactory.getLogger(StreamController.class);
    /** Proxies give up on a silent connection after 30 or 60 s. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    /** The screen comes back with its cursor and a token that is still good. */
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final byte[] STILL_HERE = ": \n\n".getBytes(StandardCharsets.UTF_8);

    private final LiveFeeds feeds;
    private final JsonMapper json;

    StreamController(LiveFeeds feeds, JsonMapper json) {
        this.feeds = feeds;
        this.json = json;
    }

    /**
     * Streams what happens, as server-sent events. It begins after {@code Last-Event-ID}, or now without one. An
     * event {@code reset} says that the position is no longer kept: the screen loads everything anew and goes on from
     * the position given with it.
     */
    @GetMapping(path = "/api/v1/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Requires(Permission.INBOX_READ)
    void stream(Principal caller, @RequestHeader(name = "Last-Event-ID", required = false) Long lastEventId, HttpServletResponse response)
            throws IOException {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no"); // nginx would keep events until its buffer is full
        var out = response.getOutputStream();
        var newest = feeds.position();
        var resumed = Optional.ofNullable(lastEventId).flatMap(position -> feeds.open(caller.id(), position));
        try (var screen = resumed.or(() -> feeds.open(caller.id(), newest))
                .or(() -> feeds.open(caller.id(), feeds.position())).orElseThrow()) {
            if (resumed.isEmpty()) {
                write(out, newest, lastEventId == null ? "ready" : "reset", "{\"position\":" + newest + "}");
            }
            out.flush();
            follow(screen, out);
        } catch (ClientAbortException gone) {
            log.debug("A screen has closed", gone);
        } catch (InterruptedException shutdown) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(Screen screen, OutputStream out) throws IOException, InterruptedException {
        var end = System.nanoTime() + LONGEST.toNanos();
        while (System.nanoTime() < end && !screen.isCutOff()) {
            var event = screen.next(HEARTBEAT.toMillis());
            if (event == null) {
                out.write(STILL_HERE);
            } else {
                do write(out, event); while ((event = screen.next(0)) != null);
            }
            out.flush();
        }
    }

    private void write(OutputStream out, LiveEvent event) throws IOException {
        write(out, event.position(), event.type(), json.writeValueAsString(event));
    }

    /** A position of 0 belongs to what is not kept: without an id the screen's cursor stays where it is. */
    private static void write(OutputStream out, long position, String type, String data) throws IOException {
        var frame = (position > 0 ? "id: " + position + "\n" : "") + "event: " + type + "\ndata: " + data + "\n\n";
        out.write(frame.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}

package com.ventros.crm.realtime;

import com.ventros.crm.kernel.TenantId;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Hears what any node tells the screens of all nodes: "this tenant has something new", or "somebody is typing". */
@Component
class LiveWake implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(LiveWake.class);
    /** How long one wait for a notification lasts; bounds how long a stop takes. */
    private static final int WAIT_MILLIS = 1_000;
    /** A database that restarts is back within seconds; meanwhile the feeds' own look goes on. */
    private static final long RECONNECT_MILLIS = 1_000;

    private final DataSource system;
    private final LiveFeeds feeds;
    private final JsonMapper json;
    private volatile Thread listener;

    LiveWake(@Qualifier("system") DataSource system, LiveFeeds feeds, JsonMapper json) {
        this.system = system;
        this.feeds = feeds;
        this.json = json;
    }

    @Override
    public void start() {
        feeds.start();
        listener = Thread.ofVirtual().name("live-wake").start(this::listen);
    }

    /** Comes before the server's own stop. Waits for the wait to end: to interrupt it would break the connection. */
    @Override
    public void stop() {
        feeds.stop();
        var running = listener;
        listener = null;
        if (running == null) return;
        try {
            running.join();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return listener != null;
    }

    private void listen() {
        while (isRunning()) {
            try (var connection = system.getConnection(); var statement = connection.createStatement()) {
                statement.execute("listen " + LiveEvents.WAKE);
                statement.execute("listen " + Presence.CHANNEL);
                var notifications = connection.unwrap(PGConnection.class);
                feeds.look(); // what came while nobody listened
                try {
                    while (isRunning()) {
                        for (var notification : notifications.getNotifications(WAIT_MILLIS)) hear(notification.getName(),
                                notification.getParameter());
                    }
                } finally {
                    statement.execute("unlisten *"); // the connection goes back to the pool
                }
            } catch (SQLException lost) {
                if (!isRunning()) return;
                log.warn("Live screens are woken by looking only, until the database answers: {}", lost.getMessage());
                pause();
            }
        }
    }

    private void hear(String channel, String payload) {
        try {
            if (channel.equals(LiveEvents.WAKE)) {
                feeds.wake(new TenantId(UUID.fromString(payload)));
            } else {
                var shown = json.readValue(payload, Presence.Shown.class);
                feeds.show(new TenantId(shown.tenant()), shown.event());
            }
        } catch (IllegalArgumentException | JacksonException foreign) {
            log.debug("A notification that is not ours on {}", channel, foreign);
        }
    }

    private void pause() {
        try {
            Thread.sleep(RECONNECT_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}

package com.ventros.crm.channels.flow;

import com.ventros.crm.channels.Provider.Fetched;
import com.ventros.crm.channels.Providers;
import com.ventros.crm.conversations.FetchMedia;
import com.ventros.crm.conversations.FetchMedia.Due;
import com.ventros.crm.conversations.FetchMedia.Wanted;
import com.ventros.crm.events.Roles;
import com.ventros.crm.tenancy.Tenancy;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Fetches the files of messages as they come, some at a time; on however many nodes each is fetched by one. */
@Component
final class MediaFetcher implements SmartLifecycle {

    /** A picture appears in the chat as soon as one feels that it should. */
    private static final Duration PAUSE = Duration.ofMillis(250);
    /** Each waits for the network most of the time, and may hold a large file's worth of bandwidth. */
    private static final int AT_ONCE = 8;

    private static final Logger log = LoggerFactory.getLogger(MediaFetcher.class);

    private final FetchMedia fetchMedia;
    private final Providers providers;
    private final Roles roles;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private ExecutorService workers;
    private Thread loop;
    private volatile boolean running;

    MediaFetcher(FetchMedia fetchMedia, Providers providers, Roles roles) {
        this.fetchMedia = fetchMedia;
        this.providers = providers;
        this.roles = roles;
    }

    private void loop() {
        while (running) {
            try {
                for (var due : fetchMedia.due(free.availablePermits())) {
                    var claimed = Tenancy.call(due.tenant(), () -> fetchMedia.claim(due.message()));
                    if (claimed.isPresent()) begin(due, claimed.get());
                }
            } catch (RuntimeException away) {
                log.warn("No files can be fetched now: {}", away.toString());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void begin(Due due, Wanted wanted) {
        free.acquireUninterruptibly();
        workers.execute(() -> {
            try {
                Tenancy.run(due.tenant(), () -> wanted.cause().run(() -> fetch(wanted)));
            } catch (RuntimeException failed) {
                // Its lease ends, and it is tried again.
                log.warn("The file of message {} could not be fetched: {}", wanted.message(), failed.toString());
            } finally {
                free.release();
            }
        });
    }

    private void fetch(Wanted wanted) {
        Fetched fetched;
        try {
            var provider = providers.of(wanted.channel());
            fetched = provider.isPresent() ? provider.get().fetch(wanted) : new Fetched.Missing("channel_gone", true);
        } catch (IOException disk) {
            log.warn("The file of message {} cannot be kept", wanted.message(), disk);
            fetched = new Fetched.Missing("storage_unavailable", false);
        }
        switch (fetched) {
            case Fetched.Here(var file) -> fetchMedia.stored(wanted.message(), file);
            case Fetched.Missing(var code, var permanent) -> fetchMedia.failed(wanted.message(), code, permanent);
        }
    }

    @Override
    public void start() {
        if (!roles.worker()) return;
        running = true;
        workers = Executors.newVirtualThreadPerTaskExecutor();
        loop = Thread.ofVirtual().name("media-fetcher").start(this::loop);
    }

    @Override
    public void stop() {
        if (!running) return;
        running = false;
        LockSupport.unpark(loop);
        // A fetch that is cut off is made anew by whoever runs next.
        workers.shutdownNow();
        try {
            loop.join();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}

package com.ventros.crm.channels.flow;

import com.ventros.crm.channels.ReadMarks;
import com.ventros.crm.channels.ReadMarks.Due;
import com.ventros.crm.channels.ReadMarks.Mark;
import com.ventros.crm.events.DueWork;
import com.ventros.crm.events.Roles;
import com.ventros.crm.tenancy.Tenancy;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Shows what was read and could not be shown at once; on however many nodes each is tried by one. */
@Component
class ReadMarker extends DueWork {

    private static final Logger log = LoggerFactory.getLogger(ReadMarker.class);
    /** One look into a nearly empty index; nobody waits for it. */
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** A channel has one of these at a time, so that a server that does not answer keeps the others waiting for some seconds at most. */
    private static final int AT_ONCE = 16;

    ReadMarker(ReadMarks marks, ShowRead show, MeterRegistry meters, Roles roles) {
        super("read-marker", PAUSE, some(marks, show, meters), roles);
    }

    private static IntSupplier some(ReadMarks marks, ShowRead show, MeterRegistry meters) {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        return () -> {
            var due = marks.due(AT_ONCE);
            CompletableFuture.allOf(due.stream().map(one -> CompletableFuture.runAsync(() -> again(one, marks, show, meters), threads))
                    .toArray(CompletableFuture[]::new)).join();
            return due.size();
        };
    }

    private static void again(Due due, ReadMarks marks, ShowRead show, MeterRegistry meters) {
        try {
            Tenancy.run(due.tenant(), () -> marks.claim(due.chat()).ifPresent(mark -> again(mark, marks, show, meters)));
        } catch (RuntimeException failed) {
            // Its lease ends, and it is tried again.
            log.warn("That chat {} was read cannot be shown now: {}", due.chat(), failed.toString());
        }
    }

    private static void again(Mark mark, ReadMarks marks, ShowRead show, MeterRegistry meters) {
        if (show.show(mark.chat(), mark.since(), mark.until(), _ -> false).isEmpty()) {
            marks.wake(mark.channel());
        } else if (!marks.failed(mark)) {
            meters.counter("crm.waha.manners", "what", "seen", "outcome", "given_up").increment();
        }
    }
}

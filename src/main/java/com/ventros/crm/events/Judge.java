package com.ventros.crm.events;

import com.ventros.crm.events.Broker.DeadLetter;
import com.ventros.crm.events.Broker.DeadLetters;
import com.ventros.crm.events.Broker.Delivery;
import com.ventros.crm.events.Broker.Handler;
import com.ventros.crm.events.Broker.Verdict;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Asks a handler what becomes of its deliveries, the same way for both brokers: what it throws means again, the end of
 * the ladder means dead, and a database that is away is nobody's fault: the batch waits for it.
 */
final class Judge {

    /** A database that restarts is back within seconds; asking twice a second finds it soon and does not press it. */
    private static final Duration OUTAGE_PAUSE = Duration.ofMillis(500);
    /** Enough of a stack to find the place, little enough to keep for each failure. */
    private static final int STACK_LINES = 12;

    private static final Logger log = LoggerFactory.getLogger(Judge.class);

    /**
     * What becomes of each delivery of a batch, sorted.
     *
     * @param again with the time to wait
     */
    record Judgement(List<Delivery> done, List<Retry> again, List<DeadLetter> dead) {}

    /** A delivery to be tried again. */
    record Retry(Delivery delivery, Duration delay, String reason) {}

    private final DeadLetters deadLetters;

    Judge(DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
    }

    /** Empty when the program stops before there is an answer: then nothing has become of the deliveries. */
    Optional<Judgement> judge(Handler handler, List<Delivery> deliveries, BooleanSupplier goOn) {
        while (goOn.getAsBoolean()) {
            try {
                var judgement = sort(deliveries, verdicts(handler, deliveries));
                if (!judgement.dead().isEmpty()) deadLetters.record(judgement.dead());
                var repeated = judgement.done().stream().filter(one -> one.headers().containsKey(Headers.FAILURE)).toList();
                if (!repeated.isEmpty()) deadLetters.done(repeated);
                return Optional.of(judgement);
            } catch (RuntimeException failed) {
                if (!isOutage(failed)) throw failed;
                log.warn("The database is away, {} deliveries of {} wait: {}", deliveries.size(),
                        deliveries.getFirst().queue(), failed.getMessage());
                LockSupport.parkNanos(OUTAGE_PAUSE.toNanos());
            }
        }
        return Optional.empty();
    }

    private static List<Verdict> verdicts(Handler handler, List<Delivery> deliveries) {
        try {
            var verdicts = handler.handle(deliveries);
            if (verdicts.size() == deliveries.size()) return verdicts;
            throw new IllegalStateException(verdicts.size() + " verdicts for " + deliveries.size() + " deliveries");
        } catch (RuntimeException failed) {
            if (isOutage(failed)) throw failed;
            log.warn("A batch of {} deliveries of {} failed", deliveries.size(), deliveries.getFirst().queue(), failed);
            return Collections.nCopies(deliveries.size(), again(failed));
        }
    }

    private static Judgement sort(List<Delivery> deliveries, List<Verdict> verdicts) {
        var done = new ArrayList<Delivery>();
        var again = new ArrayList<Retry>();
        var dead = new ArrayList<DeadLetter>();
        for (int i = 0; i < deliveries.size(); i++) {
            var delivery = deliveries.get(i);
            switch (verdicts.get(i)) {
                case Verdict.Done _ -> done.add(delivery);
                case Verdict.Again(var reason, var stack) -> {
                    if (delivery.attempt() > Topology.LADDER.size()) {
                        dead.add(new DeadLetter(delivery, "attempts_exhausted", reason, stack, firstFailure(delivery)));
                    } else {
                        again.add(new Retry(delivery, Topology.LADDER.get(delivery.attempt() - 1), reason));
                    }
                }
                case Verdict.Dead(var code, var reason, var stack) ->
                        dead.add(new DeadLetter(delivery, code, reason, stack, firstFailure(delivery)));
            }
        }
        return new Judgement(done, again, dead);
    }

    static Instant firstFailure(Delivery delivery) {
        var known = delivery.headers().get(Headers.FIRST_FAILED_AT);
        return known == null ? Instant.now() : Instant.parse(known);
    }

    /** What a failed try means: again, unless the consumer said that it never will work. */
    static Verdict verdict(RuntimeException failed) {
        return failed instanceof PermanentFailure permanent
                ? new Verdict.Dead(permanent.code(), reason(permanent), Optional.of(stackHead(permanent)))
                : again(failed);
    }

    private static Verdict.Again again(RuntimeException failed) {
        return new Verdict.Again(reason(failed), Optional.of(stackHead(failed)));
    }

    /** What the database said goes before the statement that it said it of: failures are grouped by how their reasons begin. */
    private static String reason(Throwable failed) {
        var said = failed;
        for (var cause = failed.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException) said = cause;
        }
        return said.getMessage() == null ? said.getClass().getName() : said.getMessage();
    }

    private static String stackHead(Throwable failed) {
        return failed + Arrays.stream(failed.getStackTrace()).limit(STACK_LINES)
                .map(line -> "\n  at " + line).collect(Collectors.joining());
    }

    /** Whether the database could not be reached, which says nothing about the delivery. */
    static boolean isOutage(Throwable failed) {
        for (var cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof CannotCreateTransactionException || cause instanceof DataAccessResourceFailureException) {
                return true;
            }
            // class 08: connection lost; 57P: the server is shutting down or starting up
            if (cause instanceof SQLException sql && sql.getSQLState() != null
                    && (sql.getSQLState().startsWith("08") || sql.getSQLState().startsWith("57P"))) {
                return true;
            }
        }
        return false;
    }
}

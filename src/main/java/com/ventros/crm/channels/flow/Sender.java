package com.ventros.crm.channels.flow;

import com.ventros.crm.channels.Providers;
import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.conversations.RecordSendOutcome;
import com.ventros.crm.conversations.SendIntentId;
import com.ventros.crm.conversations.SendIntents;
import com.ventros.crm.conversations.SendIntents.Claimed;
import com.ventros.crm.conversations.SendIntents.Due;
import com.ventros.crm.conversations.SendIntents.Unsettled;
import com.ventros.crm.conversations.SendOutcome;
import com.ventros.crm.events.Roles;
import com.ventros.crm.tenancy.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Sends what people want to say: each channel's messages one after the other, channels side by side. That only one
 * sender works on a channel, on however many nodes, is the database's doing.
 *
 * <p>Messages to send are found by asking often, which is one look into a small index: to be told of each by an event
 * would cost a queue delivery for every message, most of which come from customers.
 */
@Component
final class Sender implements SmartLifecycle {

    /** What an agent does not feel between pressing enter and the first tick. */
    private static final Duration PAUSE = Duration.ofMillis(200);
    /** Channels that are worked on at the same time; each waits for its provider most of the time. */
    private static final int CHANNELS = 100;
    /** Sends that broke off are rare; so many are looked up in one round. */
    private static final int SETTLED_AT_ONCE = 50;
    private static final Duration BETWEEN_SETTLING = Duration.ofSeconds(5);
    /** A send under way gets the time that its provider has for it, so that a stop of the program leaves no unknown outcome. */
    private static final Duration LAST_SEND = Duration.ofSeconds(28);

    /** Nothing was sent yet; a database that restarts is back within seconds. */
    private static final Duration WHEN_DATABASE_AWAY = Duration.ofSeconds(1);

    private static final int RECORD_TRIES = 5;
    /** Stands for the settling among the busy channels, so that two rounds of it never overlap. */
    private static final ChannelId SETTLING = ChannelId.create();

    private static final Logger log = LoggerFactory.getLogger(Sender.class);

    private final SendIntents intents;
    private final RecordSendOutcome outcomes;
    private final Providers providers;
    private final Roles roles;
    private final Set<ChannelId> busy = ConcurrentHashMap.newKeySet();
    private final Map<SendIntentId, Instant> nextLook = new ConcurrentHashMap<>();
    private Instant nextSettling = Instant.EPOCH;
    private ExecutorService workers;
    private Thread loop;
    private volatile boolean running;

    Sender(SendIntents intents, RecordSendOutcome outcomes, Providers providers, Roles roles) {
        this.intents = intents;
        this.outcomes = outcomes;
        this.providers = providers;
        this.roles = roles;
    }

    private void loop() {
        while (running) {
            try {
                startChannels();
                var now = Instant.now();
                if (now.isAfter(nextSettling)) {
                    nextSettling = now.plus(BETWEEN_SETTLING);
                    if (busy.add(SETTLING)) workers.execute(this::settle);
                }
            } catch (RuntimeException away) {
                log.warn("Nothing can be sent now: {}", away.toString());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void startChannels() {
        for (var due : intents.due(CHANNELS)) {
            if (busy.size() >= CHANNELS || !busy.add(due.channel())) continue;
            workers.execute(() -> {
                try {
                    Tenancy.run(due.tenant(), () -> send(due));
                } catch (RuntimeException failed) {
                    log.error("Sending through channel {} failed", due.channel(), failed);
                } finally {
                    busy.remove(due.channel());
                }
            });
        }
    }

    private void send(Due due) {
        while (running) {
            var claimed = intents.claim(due.channel());
            if (claimed.isEmpty()) return;
            if (claimed.get().cause().call(() -> sent(claimed.get())) instanceof SendOutcome.Again) return;
        }
    }

    private SendOutcome sent(Claimed claimed) {
        var outcome = attempt(claimed);
        record(claimed.intent(), outcome);
        if (outcome instanceof SendOutcome.Again) providers.of(claimed.channel()).ifPresent(one -> one.look(claimed.channel()));
        return outcome;
    }

    private SendOutcome attempt(Claimed claimed) {
        try {
            return providers.of(claimed.channel()).map(provider -> provider.send(claimed))
                    .orElseGet(() -> new SendOutcome.Refused("channel_gone", "The channel is gone.", true));
        } catch (DataAccessException | TransactionException databaseAway) {
            // A provider asks the database before it sends, and never after.
            log.warn("Sending {} begins again in a moment: {}", claimed.intent(), databaseAway.getMessage());
            return new SendOutcome.Again(WHEN_DATABASE_AWAY);
        } catch (RuntimeException unforeseen) {
            // Where it broke is not known, so neither is whether it was sent.
            log.error("Sending {} failed", claimed.intent(), unforeseen);
            return new SendOutcome.Unknown(unforeseen.toString());
        }
    }

    /**
     * What happened outside cannot be undone: the echo that changes the chat at this moment must not stop us telling it.
     * Nor must a database that is away: nobody else knows the outcome, and the channel waits for it.
     */
    private void record(SendIntentId intent, SendOutcome outcome) {
        for (int tries = 1; ; tries++) {
            try {
                outcomes.handle(intent, outcome);
                return;
            } catch (TransientDataAccessException conflict) {
                if (tries >= RECORD_TRIES) throw conflict;
            } catch (DataAccessResourceFailureException | TransactionException away) {
                if (!running) throw away;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void settle() {
        try {
            intents.giveUpStale();
            var unsettled = intents.unsettled(SETTLED_AT_ONCE);
            nextLook.keySet().retainAll(unsettled.stream().map(Unsettled::intent).collect(Collectors.toSet()));
            for (var one : unsettled) {
                var now = Instant.now();
                if (now.isBefore(nextLook.getOrDefault(one.intent(), Instant.EPOCH))) continue;
                // The longer it is unknown, the less likely the next look tells: the pauses grow with its age.
                nextLook.put(one.intent(), now.plus(Duration.between(one.claimedAt(), now).dividedBy(2)));
                Tenancy.run(one.tenant(), () -> one.cause().run(() -> providers.of(one.channel())
                        .flatMap(provider -> provider.settle(one, now)).ifPresent(outcome -> record(one.intent(), outcome))));
            }
        } catch (RuntimeException away) {
            log.warn("Unknown outcomes stay unknown for now: {}", away.toString());
        } finally {
            busy.remove(SETTLING);
        }
    }

    @Override
    public void start() {
        if (!roles.worker()) return;
        running = true;
        // What a stop refused to begin is not being worked on.
        busy.clear();
        workers = Executors.newVirtualThreadPerTaskExecutor();
        loop = Thread.ofVirtual().name("sender").start(this::loop);
    }

    @Override
    public void stop() {
        if (!running) return;
        running = false;
        LockSupport.unpark(loop);
        workers.shutdown();
        try {
            loop.join();
            if (!workers.awaitTermination(LAST_SEND.toSeconds(), TimeUnit.SECONDS)) {
                log.warn("Some sends did not end in {} s; their outcome is looked up later", LAST_SEND.toSeconds());
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}

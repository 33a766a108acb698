package com.ventros.crm.events;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Who listens to what, as the running programs say: each at its start, and again every few minutes.
 *
 * <p>A broker keeps a binding until somebody takes it away, and no program knows what others declare. So a binding ends when no
 * program has declared it for a day. Two versions that run side by side both declare theirs, and neither loses one to the
 * other; an older version that comes back within the day has missed nothing.
 *
 * <p>A program writes here before it binds, and a binding is taken away with its row locked: whoever declares it at that moment
 * waits for that, and binds it again.
 */
@Component
class Listeners {

    /** Longer than an upgrade lasts, and than it takes to find out that the version before was better. */
    static final Duration BINDING_KEPT = Duration.ofDays(1);
    /** What was not declared for so long is of no running program. */
    static final Duration GONE_AFTER = Duration.ofMinutes(15);
    /** Two may be missed. The first comes late as well, since the others of an installation may just be starting. */
    private static final long DECLARE_EVERY_MILLIS = 300_000;

    private static final Logger log = LoggerFactory.getLogger(Listeners.class);

    private final JdbcClient system;
    private final TransactionTemplate transaction;
    private final Broker broker;
    /** Of this program, in an order that is the same in all: their rows are locked in it. */
    private final Map<String, SortedSet<String>> mine = new ConcurrentSkipListMap<>();
    private final Set<String> recounted = ConcurrentHashMap.newKeySet();

    Listeners(@Qualifier("system") JdbcClient system, @Qualifier("system") PlatformTransactionManager transactions, Broker broker) {
        this.system = system;
        this.transaction = new TransactionTemplate(transactions);
        this.broker = broker;
    }

    /** Notes that this program has the consumer, and what a replay means for it, so that programs that do not run it know too. */
    void declare(EventConsumer consumer) {
        var meaning = consumer.onReplay();
        var patterns = new TreeSet<>(consumer.patterns());
        system.sql("""
                insert into event_consumers (name, patterns, on_replay, reason, read_model)
                values (:name, :patterns, :meaning, :reason, :model)
                on conflict (name) do update set patterns = excluded.patterns, on_replay = excluded.on_replay,
                       reason = excluded.reason, read_model = excluded.read_model, declared_at = now()
                """)
                .param("name", consumer.name()).param("patterns", patterns.toArray(String[]::new))
                .param("meaning", switch (meaning) {
                    case OnReplay.Refuse _ -> "REFUSE";
                    case OnReplay.Repeat _ -> "REPEAT";
                    case OnReplay.Rebuild _ -> "REBUILD";
                })
                .param("reason", meaning instanceof OnReplay.Refuse(var reason) ? reason : null)
                .param("model", meaning instanceof OnReplay.Rebuild(var table) ? table : null)
                .update();
        mine.put(consumer.name(), patterns);
        bound(Map.of(consumer.name(), patterns));
    }

    /** Notes that this program has the read model. */
    void declare(RecountedModel model) {
        system.sql("insert into event_recounts (name) values (:name) on conflict (name) do update set declared_at = now()")
                .param("name", model.name()).update();
        recounted.add(model.name());
    }

    private void bound(Map<String, SortedSet<String>> patterns) {
        var consumers = new ArrayList<String>();
        var bindings = new ArrayList<String>();
        patterns.forEach((consumer, its) -> its.forEach(pattern -> {
            consumers.add(consumer);
            bindings.add(pattern);
        }));
        system.sql("""
                insert into event_bindings (consumer, pattern)
                select * from unnest(:consumers::text[], :patterns::text[])
                on conflict (consumer, pattern) do update set declared_at = now()
                """)
                .param("consumers", consumers.toArray(String[]::new)).param("patterns", bindings.toArray(String[]::new)).update();
    }

    /** Queues of all consumers that programs had, of those as well that none has any more. */
    List<String> queues() {
        return system.sql("select name from event_consumers order by name").query(String.class).list().stream()
                .map(Topology.CONSUMER_PREFIX::concat).toList();
    }

    /** Queues of consumers that no running program has. */
    Set<String> abandoned() {
        return system.sql("select name from event_consumers where declared_at < now() - make_interval(secs => :gone)")
                .param("gone", GONE_AFTER.toSeconds()).query(String.class).list().stream()
                .map(Topology.CONSUMER_PREFIX::concat).collect(Collectors.toSet());
    }

    /** Forgets a consumer; false when a running program has it. A program that starts with it waits until that is committed. */
    boolean forget(String consumer) {
        boolean gone = system.sql("delete from event_consumers where name = :name and declared_at < now() - make_interval(secs => :gone)")
                .param("name", consumer).param("gone", GONE_AFTER.toSeconds()).update() > 0;
        if (gone) system.sql("delete from event_bindings where consumer = :name").param("name", consumer).update();
        return gone;
    }

    /** Says again what this program has, and ends the bindings that nobody has. */
    @Scheduled(fixedDelay = DECLARE_EVERY_MILLIS, initialDelay = DECLARE_EVERY_MILLIS)
    void runOnce() {
        try {
            system.sql("update event_consumers set declared_at = now() where name = any(:mine)")
                    .param("mine", mine.keySet().toArray(String[]::new)).update();
            system.sql("update event_recounts set declared_at = now() where name = any(:mine)")
                    .param("mine", recounted.toArray(String[]::new)).update();
            bound(mine);
            transaction.executeWithoutResult(_ -> unbind());
        } catch (RuntimeException away) {
            log.warn("Bindings stay as they are until the next look: {}", away.toString());
        }
    }

    private void unbind() {
        record Binding(String consumer, String pattern) {}
        var obsolete = system.sql("""
                delete from event_bindings where declared_at < now() - make_interval(secs => :kept) returning consumer, pattern
                """)
                .param("kept", BINDING_KEPT.toSeconds()).query(Binding.class).list();
        for (var binding : obsolete) {
            broker.unbind(Topology.CONSUMER_PREFIX + binding.consumer(), binding.pattern());
            log.info("{} hears {} no more: no program has declared it for {}", binding.consumer(), binding.pattern(), BINDING_KEPT);
        }
    }
}

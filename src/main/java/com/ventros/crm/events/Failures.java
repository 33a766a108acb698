package com.ventros.crm.events;

import com.ventros.crm.events.Broker.DeadLetter;
import com.ventros.crm.events.Broker.Delivery;
import com.ventros.crm.kernel.Uuids;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Deliveries and events that were given up, kept with all that is needed to understand and repeat them.
 * {@link HandleFailures} is what people do with them.
 */
@Component
public class Failures implements Broker.DeadLetters {

    /** What differs from case to case: ids and other words with digits in them, numbers, quoted values. */
    private static final Pattern PARTICULARS = Pattern.compile("\"[^\"]*\"|'[^']*'|[0-9A-Za-z_-]*[0-9][0-9A-Za-z_-]*");
    /** Enough to tell causes apart, little enough for a line of a list. */
    private static final int LONGEST_CAUSE = 200;
    /** As long as dead letters: then nobody asks any more what a message said that was repeated or discarded. */
    private static final Duration SETTLED_KEPT = Topology.DEAD_LETTERS_KEPT;

    private final JdbcClient system;

    Failures(@Qualifier("system") JdbcClient system) {
        this.system = system;
    }

    /** Keeps them; one that fails again after a repetition is the same failure with a later time. */
    @Override
    public void record(List<DeadLetter> letters) {
        for (var letter : letters) {
            var delivery = letter.delivery();
            system.sql("""
                    insert into failures (id, tenant_id, source, message_id, type, code, reason, cause, stack_head, headers,
                                          body, attempts, first_at, last_at)
                    values (:id, :tenant::uuid, :source, :message, :type, :code, :reason, :cause, :stack, :headers::jsonb,
                            :body, :attempts, :first, now())
                    on conflict (source, message_id) do update
                       set code = excluded.code, reason = excluded.reason, cause = excluded.cause,
                           stack_head = excluded.stack_head, headers = excluded.headers, body = excluded.body,
                           attempts = failures.attempts + excluded.attempts, last_at = excluded.last_at,
                           state = 'open', note = null, version = failures.version + 1
                    """)
                    .param("id", Uuids.v7()).param("tenant", delivery.headers().get(Headers.TENANT))
                    .param("source", delivery.queue()).param("message", delivery.id())
                    .param("type", delivery.headers().get(Headers.TYPE)).param("code", letter.code())
                    .param("reason", letter.reason()).param("cause", cause(letter.reason()))
                    .param("stack", letter.stackHead().orElse(null))
                    .param("headers", EventJson.MAPPER.writeValueAsString(delivery.headers())).param("body", delivery.body())
                    .param("attempts", delivery.attempt()).param("first", letter.firstFailedAt().atOffset(ZoneOffset.UTC))
                    .update();
        }
    }

    /** The reason without what differs from case to case. */
    static String cause(String reason) {
        var line = PARTICULARS.matcher(reason.lines().findFirst().orElse("")).replaceAll("#");
        return line.length() <= LONGEST_CAUSE ? line : line.substring(0, LONGEST_CAUSE);
    }

    @Override
    public void done(List<Delivery> repeated) {
        var ids = repeated.stream().map(delivery -> UUID.fromString(delivery.headers().get(Headers.FAILURE))).toArray(UUID[]::new);
        system.sql("""
                update failures set state = 'resolved', note = null, version = version + 1
                 where id = any(:ids::uuid[]) and state <> 'resolved'
                """).param("ids", ids).update();
    }

    @Override
    public Set<UUID> open(String queue, Collection<UUID> messages) {
        return new HashSet<>(system.sql("""
                select message_id from failures
                 where source = :source and message_id = any(:messages::uuid[]) and state = 'open'
                """)
                .param("source", queue).param("messages", messages.toArray(UUID[]::new)).query(UUID.class).list());
    }

    /** How many of each queue are open. */
    Map<String, Long> open() {
        record Count(String source, long open) {}
        return system.sql("select source, count(*) as open from failures where state = 'open' group by source")
                .query(Count.class).list().stream().collect(Collectors.toMap(Count::source, Count::open));
    }

    /** Forgets what came right, and what discarded messages said; that they were discarded stays known. */
    void prune() {
        system.sql("delete from failures where state = 'resolved' and last_at < now() - make_interval(secs => :kept)")
                .param("kept", SETTLED_KEPT.toSeconds()).update();
        system.sql("""
                update failures set body = '', original_body = null
                 where state = 'discarded' and last_at < now() - make_interval(secs => :kept) and body <> ''
                """).param("kept", SETTLED_KEPT.toSeconds()).update();
    }
}

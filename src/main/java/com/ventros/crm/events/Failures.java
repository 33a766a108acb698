package com.ventros.crm.events;

import com.ventros.crm.events.Broker.DeadLetter;
import com.ventros.crm.kernel.Uuids;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Deliveries and events that were given up, kept with all that is needed to understand and repeat them. */
@Component
public class Failures implements Broker.DeadLetters {

    private final JdbcClient system;

    Failures(@Qualifier("system") JdbcClient system) {
        this.system = system;
    }

    /** What was given up, as an operator sees it. */
    public record Failure(UUID id, Optional<UUID> tenantId, String source, UUID messageId, Optional<String> type, String code,
            String reason, Optional<String> stackHead, int attempts, Instant firstAt, Instant lastAt, String state) {}

    /** Keeps them; one that fails again after a repetition is the same failure with a later time. */
    @Override
    public void record(List<DeadLetter> letters) {
        for (var letter : letters) {
            var delivery = letter.delivery();
            system.sql("""
                    insert into failures (id, tenant_id, source, message_id, type, code, reason, stack_head, headers, body,
                                          attempts, first_at, last_at)
                    values (:id, :tenant::uuid, :source, :message, :type, :code, :reason, :stack, :headers::jsonb, :body,
                            :attempts, :first, now())
                    on conflict (source, message_id) do update
                       set code = excluded.code, reason = excluded.reason, stack_head = excluded.stack_head,
                           headers = excluded.headers, body = excluded.body,
                           attempts = failures.attempts + excluded.attempts, last_at = excluded.last_at, state = 'open'
                    """)
                    .param("id", Uuids.v7()).param("tenant", delivery.headers().get(Headers.TENANT))
                    .param("source", delivery.queue()).param("message", delivery.id())
                    .param("type", delivery.headers().get(Headers.TYPE)).param("code", letter.code())
                    .param("reason", letter.reason()).param("stack", letter.stackHead().orElse(null))
                    .param("headers", EventJson.MAPPER.writeValueAsString(delivery.headers())).param("body", delivery.body())
                    .param("attempts", delivery.attempt()).param("first", letter.firstFailedAt().atOffset(ZoneOffset.UTC))
                    .update();
        }
    }

    /** The latest failures of a tenant, without those that belong to nobody. */
    public List<Failure> latest(UUID tenant, int limit) {
        return system.sql("""
                select id, tenant_id, source, message_id, type, code, reason, stack_head, attempts, first_at, last_at, state
                  from failures where tenant_id = :tenant order by last_at desc, id desc limit :limit
                """)
                .param("tenant", tenant).param("limit", limit)
                .query((row, _) -> new Failure(row.getObject(1, UUID.class), Optional.ofNullable(row.getObject(2, UUID.class)),
                        row.getString(3), row.getObject(4, UUID.class), Optional.ofNullable(row.getString(5)), row.getString(6),
                        row.getString(7), Optional.ofNullable(row.getString(8)), row.getInt(9),
                        row.getTimestamp(10).toInstant(), row.getTimestamp(11).toInstant(), row.getString(12)))
                .list();
    }
}

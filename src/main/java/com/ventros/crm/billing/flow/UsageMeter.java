package com.ventros.crm.billing.flow;

import com.ventros.crm.billing.Metered;
import com.ventros.crm.events.Envelope;
import com.ventros.crm.events.EventConsumer;
import com.ventros.crm.events.OnReplay;
import com.ventros.crm.events.ReadModels;
import com.ventros.crm.events.Replayed;
import com.ventros.crm.tenancy.Tenancy;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Counts what is new; messages are counted by reports ({@link com.ventros.crm.billing.MessageCounts}). Each thing counts once in
 * a generation, whatever comes again: it is noted before it is counted, in one transaction. All is written in one order, so that
 * batches wait for each other and never in a circle.
 */
@Component
class UsageMeter implements EventConsumer {

    private static final Map<String, Metered> COUNTED = Map.of("contact.created", Metered.CONTACTS_ADDED,
            "channel.created", Metered.CHANNELS_ADDED, "agent.created", Metered.AGENTS_ADDED);

    private record Used(Metered what, LocalDate month) {}

    private record Count(int generation, LocalDate month, Metered what) implements Comparable<Count> {
        private static final Comparator<Count> ORDER = Comparator.comparingInt(Count::generation).thenComparing(Count::month)
                .thenComparing(count -> count.what().name());

        @Override
        public int compareTo(Count other) {
            return ORDER.compare(this, other);
        }
    }

    private final JdbcClient db;
    private final ReadModels models;

    UsageMeter(JdbcClient db, ReadModels models) {
        this.db = db;
        this.models = models;
    }

    @Override
    public String name() {
        return "billing-usage";
    }

    @Override
    public Set<String> patterns() {
        return COUNTED.keySet();
    }

    @Override
    public OnReplay onReplay() {
        return new OnReplay.Rebuild("billing_counted");
    }

    @Override
    public void handle(List<Envelope> events) {
        var generations = models.generations(name());
        if (Replayed.current().isPresent()) sweep();
        var used = new HashMap<UUID, Used>();
        // RabbitMQ goes on sending what an older program asked for.
        events.stream().filter(event -> COUNTED.containsKey(event.type()))
                .forEach(event -> used.put(event.aggregateId(), new Used(COUNTED.get(event.type()), month(event))));
        if (used.isEmpty()) return;
        var counts = new TreeMap<Count, Long>();
        db.sql("""
                insert into billing_counted (tenant_id, generation, id)
                select :tenant, g, i from unnest(:generations::int[]) g cross join unnest(:ids::uuid[]) i order by g, i
                    on conflict do nothing returning generation, id
                """)
                .param("tenant", Tenancy.current().value()).param("generations", generations).param("ids", used.keySet().toArray(UUID[]::new))
                .query(row -> {
                    var one = used.get(row.getObject("id", UUID.class));
                    counts.merge(new Count(row.getInt("generation"), one.month(), one.what()), 1L, Long::sum);
                });
        if (!counts.isEmpty()) count(counts);
    }

    private void count(Map<Count, Long> counts) {
        var keys = counts.keySet();
        db.sql("""
                insert into billing_usage as u (tenant_id, generation, month, what, used)
                select :tenant, c.* from unnest(:generations::int[], :months::date[], :whats::text[], :counts::bigint[]) c
                    on conflict (tenant_id, generation, month, what) do update set used = u.used + excluded.used
                """)
                .param("tenant", Tenancy.current().value()).param("generations", keys.stream().map(Count::generation).toArray(Integer[]::new))
                .param("months", keys.stream().map(one -> one.month().toString()).toArray(String[]::new))
                .param("whats", keys.stream().map(one -> one.what().name()).toArray(String[]::new))
                .param("counts", counts.values().toArray(Long[]::new)).update();
    }

    /** Counts of generations that nobody reads or builds any more go with the next rebuild; the engine sweeps what was counted. */
    private void sweep() {
        db.sql("""
                delete from billing_usage where generation <> live_generation(:name)
                   and generation is distinct from (select building from read_model where name = :name)
                """).param("name", name()).update();
    }

    private static LocalDate month(Envelope event) {
        return YearMonth.from(event.occurredAt().atOffset(ZoneOffset.UTC)).atDay(1);
    }
}

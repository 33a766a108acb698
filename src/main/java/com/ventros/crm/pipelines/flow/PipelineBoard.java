package com.ventros.crm.pipelines.flow;

import com.ventros.crm.events.Envelope;
import com.ventros.crm.events.EventConsumer;
import com.ventros.crm.events.OnReplay;
import com.ventros.crm.events.ReadModels;
import com.ventros.crm.tenancy.Tenancy;
import java.math.BigDecimal;
import java.util.Collection;
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
 * Keeps the board. Every event tells the whole card: the newest by version counts, in whatever order they arrive, and a
 * column changes by the difference between a card before and after.
 *
 * <p>Rows are locked in one order, cards before columns, so that two batches wait for each other and never in a circle.
 */
@Component
class PipelineBoard implements EventConsumer {

    private static final String EXITED = "contact.exited_pipeline";
    private static final String UNKNOWN = "";

    private record Key(int generation, UUID deal) {}

    private record Stand(long version, boolean gone, UUID status, String currency, long amount) {}

    private record Column(int generation, UUID status, String currency) implements Comparable<Column> {
        private static final Comparator<Column> ORDER = Comparator.comparingInt(Column::generation)
                .thenComparing(Column::status).thenComparing(Column::currency);

        @Override
        public int compareTo(Column other) {
            return ORDER.compare(this, other);
        }
    }

    private static final class Change {
        long cards;
        BigDecimal amount = BigDecimal.ZERO;
    }

    private final JdbcClient db;
    private final ReadModels models;

    PipelineBoard(JdbcClient db, ReadModels models) {
        this.db = db;
        this.models = models;
    }

    @Override
    public String name() {
        return "board";
    }

    @Override
    public Set<String> patterns() {
        return Set.of("contact.entered_pipeline", "contact.pipeline_status_changed", EXITED, "deal.#");
    }

    @Override
    public OnReplay onReplay() {
        return new OnReplay.Rebuild("board_card");
    }

    @Override
    public void handle(List<Envelope> events) {
        var newest = new TreeMap<UUID, Envelope>();
        for (var event : events) {
            newest.merge(event.aggregateId(), event, (a, b) -> b.aggregateVersion() > a.aggregateVersion() ? b : a);
        }
        var generations = models.generations(name());
        sweepColumns();
        makeRoom(generations, newest.values());
        var stood = stands(generations, newest.keySet());
        var columns = new TreeMap<Column, Change>();
        stood.forEach((key, before) -> {
            var event = newest.get(key.deal());
            if (event.aggregateVersion() <= before.version()) return;
            count(columns, key.generation(), before, -1);
            count(columns, key.generation(), stand(event), 1);
        });
        save(generations, newest.values());
        save(columns);
    }

    /** A first row for cards never heard of: from then on whoever hears of one waits for whoever did before. */
    private void makeRoom(Integer[] generations, Collection<Envelope> events) {
        write("""
                insert into board_card (tenant_id, generation, deal_id, pipeline_id, status_id, contact_id, rank, entered_at,
                                        status_since, version, gone)
                select :tenant, g.generation, e.deal_id, e.pipeline_id, e.status_id, e.contact_id, e.rank, e.entered_at,
                       e.status_since, 0, true
                  from %s cross join unnest(:generations::int[]) g (generation)
                 order by g.generation, e.deal_id
                    on conflict do nothing
                """, generations, events);
    }

    private Map<Key, Stand> stands(Integer[] generations, Collection<UUID> deals) {
        var stands = new HashMap<Key, Stand>();
        db.sql("""
                select * from board_card where generation = any (:generations) and deal_id = any (:deals)
                 order by generation, deal_id for update
                """).param("generations", generations).param("deals", deals.toArray(UUID[]::new))
                .query(row -> {
                    var currency = row.getString("currency");
                    stands.put(new Key(row.getInt("generation"), row.getObject("deal_id", UUID.class)),
                            new Stand(row.getLong("version"), row.getBoolean("gone"), row.getObject("status_id", UUID.class),
                                    currency == null ? UNKNOWN : currency, row.getLong("amount")));
                });
        return stands;
    }

    private void save(Integer[] generations, Collection<Envelope> events) {
        write("""
                update board_card b set pipeline_id = e.pipeline_id, status_id = e.status_id, contact_id = e.contact_id,
                       rank = e.rank, amount = e.amount, currency = e.currency, loss_reason_id = e.loss_reason_id,
                       entered_at = e.entered_at, status_since = e.status_since, version = e.version, gone = e.gone
                  from %s
                 where b.generation = any (:generations) and b.deal_id = e.deal_id and b.version < e.version
                """, generations, events);
    }

    private void write(String sql, Integer[] generations, Collection<Envelope> events) {
        db.sql(sql.formatted("""
                unnest(:deals::uuid[], :pipelines::uuid[], :statuses::uuid[], :contacts::uuid[], :ranks::text[],
                       :amounts::bigint[], :currencies::text[], :reasons::uuid[], :entered::timestamptz[],
                       :since::timestamptz[], :versions::bigint[], :gone::boolean[])
                    e (deal_id, pipeline_id, status_id, contact_id, rank, amount, currency, loss_reason_id, entered_at,
                       status_since, version, gone)
                """))
                .param("tenant", Tenancy.current().value()).param("generations", generations)
                .param("deals", events.stream().map(Envelope::aggregateId).toArray(UUID[]::new))
                .param("pipelines", uuids(events, "pipelineId")).param("statuses", uuids(events, "statusId"))
                .param("contacts", events.stream().map(e -> UUID.fromString(e.data().get("contactId").asString())).toArray(UUID[]::new))
                .param("ranks", texts(events, "rank"))
                .param("amounts", events.stream().map(e -> card(e, "amount") == null ? null : Long.valueOf(card(e, "amount"))).toArray(Long[]::new))
                .param("currencies", texts(events, "currency")).param("reasons", uuids(events, "lossReasonId"))
                .param("entered", texts(events, "enteredAt")).param("since", texts(events, "statusSince"))
                .param("versions", events.stream().map(Envelope::aggregateVersion).toArray(Long[]::new))
                .param("gone", events.stream().map(event -> event.type().equals(EXITED)).toArray(Boolean[]::new)).update();
    }

    private void save(TreeMap<Column, Change> columns) {
        var changed = columns.entrySet().stream()
                .filter(one -> one.getValue().cards != 0 || one.getValue().amount.signum() != 0).toList();
        // One by one: of an insert of many, the row that is found must pass the check with the difference alone.
        for (var one : changed) {
            var column = one.getKey();
            var updated = db.sql("""
                    update board_column set cards = cards + :cards, amount = amount + :amount
                     where generation = :generation and status_id = :status and currency = :currency
                    """).params(params(column, one.getValue())).update();
            if (updated > 0) continue;
            db.sql("""
                    insert into board_column as c (tenant_id, generation, status_id, currency, cards, amount)
                    values (:tenant, :generation, :status, :currency, :cards, :amount)
                        on conflict (tenant_id, generation, status_id, currency) do update
                       set cards = c.cards + excluded.cards, amount = c.amount + excluded.amount
                    """).params(params(column, one.getValue())).param("tenant", Tenancy.current().value()).update();
        }
    }

    private static Map<String, Object> params(Column column, Change change) {
        return Map.of("generation", column.generation(), "status", column.status(), "currency", column.currency(),
                "cards", change.cards, "amount", change.amount);
    }

    /** Columns of generations that nobody reads or builds any more; the engine sweeps the cards. */
    private void sweepColumns() {
        db.sql("delete from board_column where " + ReadModels.FORGOTTEN).param("name", name()).update();
    }

    private static void count(Map<Column, Change> columns, int generation, Stand card, int sign) {
        if (card.gone()) return;
        var change = columns.computeIfAbsent(new Column(generation, card.status(), card.currency()), _ -> new Change());
        change.cards += sign;
        change.amount = change.amount.add(BigDecimal.valueOf(sign * card.amount()));
    }

    private static Stand stand(Envelope event) {
        var currency = card(event, "currency");
        return new Stand(event.aggregateVersion(), event.type().equals(EXITED), UUID.fromString(card(event, "statusId")),
                currency == null ? UNKNOWN : currency, currency == null ? 0 : Long.parseLong(card(event, "amount")));
    }

    private static UUID[] uuids(Collection<Envelope> events, String field) {
        return events.stream().map(event -> card(event, field)).map(text -> text == null ? null : UUID.fromString(text))
                .toArray(UUID[]::new);
    }

    private static String[] texts(Collection<Envelope> events, String field) {
        return events.stream().map(event -> card(event, field)).toArray(String[]::new);
    }

    /** Of the card that the event tells; null where it has none. */
    private static String card(Envelope event, String field) {
        var value = event.data().path("card").path(field);
        return value.isNull() || value.isMissingNode() ? null : value.asString();
    }
}

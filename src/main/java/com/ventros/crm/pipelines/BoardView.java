package com.ventros.crm.pipelines;

import com.ventros.crm.contacts.ContactFilters;
import com.ventros.crm.http.Cursor;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Paging;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.specifications.SpecificationSql;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;

/** A pipeline's board as a screen shows it: moments behind the deals, and as fast with a million cards as with ten. */
@Component
@Transactional(readOnly = true)
public class BoardView {

    /** {@code amount} is in the currency's smallest parts. */
    public record Sum(String currency, BigInteger amount) {}

    /** A card; {@code rank} sorts the cards of a column by its characters. */
    public record Card(UUID id, UUID contactId, Optional<String> contactName, UUID statusId, String rank,
            Optional<DealView.Worth> value, Optional<UUID> lossReasonId, Instant enteredAt, Instant statusSince, long version) {}

    /** A column: how many cards it has, what they are worth, and the first of them. */
    public record Column(UUID statusId, long cards, List<Sum> sums, List<Card> items, @Nullable String nextCursor) {}

    public record Board(UUID pipelineId, List<Column> columns) {}

    private record Filter(String where, Map<String, Object> params) {
        static final Filter NONE = new Filter("", Map.of());
    }

    private record Count(long cards, List<Sum> sums) {}

    /** Nobody waits longer for a board; a filter may have to look at every card. */
    private static final int LONGEST_SECONDS = 5;

    private static final String CARD = """
            select b.*, c.id as whole_id, c.name as contact_name
              from board_card b left join contact k on k.id = b.contact_id left join contact c on c.id = k.whole_id
            """;

    private final JdbcClient db;
    private final DefinePipelines pipelines;
    private final ContactFilters filters;

    BoardView(JdbcClient db, DefinePipelines pipelines, ContactFilters filters) {
        this.db = db;
        this.pipelines = pipelines;
        this.filters = filters;
    }

    /**
     * Every status that is not archived, with its first cards.
     *
     * @param filter on the contacts, as callers write it; counts and sums are then those of the contacts that meet it
     */
    public Board board(PipelineId id, Optional<JsonNode> filter, int limit) {
        var pipeline = pipelines.get(id);
        var statuses = pipeline.statuses().stream().filter(status -> !status.archived())
                .map(DefinePipelines.ShownStatus::id).toList();
        return inTime(() -> {
            var wanted = filter(pipeline, filter);
            var counts = filter.isEmpty() ? counts(statuses) : counts(statuses, wanted);
            var paging = new Paging(limit, Optional.empty());
            var items = cards("s.pipeline_id = :of and s.archived_at is null", id.value(), wanted, paging).stream()
                    .collect(Collectors.groupingBy(Card::statusId));
            var columns = new ArrayList<Column>();
            for (var status : statuses) {
                var cards = Page.of(items.getOrDefault(status, List.of()), paging, BoardView::position);
                var count = counts.getOrDefault(status, new Count(0, List.of()));
                columns.add(new Column(status, count.cards(), count.sums(), cards.items(), cards.nextCursor()));
            }
            return new Board(id.value(), columns);
        });
    }

    /** The cards of one column in their order, as many as the page wants. */
    public List<Card> column(PipelineId id, UUID status, Optional<JsonNode> filter, Paging paging) {
        var pipeline = pipelines.get(id);
        if (pipeline.statuses().stream().noneMatch(one -> one.id().equals(status))) throw Refusal.notFound("status");
        return inTime(() -> cards("s.id = :of", status, filter(pipeline, filter), paging));
    }

    /** Where a page of cards ends. */
    public static Cursor position(Card card) {
        return Cursor.after(card.rank(), card.id());
    }

    /** As many of each column as the page wants; {@code columns} is a condition on statuses that says which, {@code of} its parameter. */
    private List<Card> cards(String columns, UUID of, Filter filter, Paging paging) {
        var params = new HashMap<>(filter.params());
        var after = "";
        if (paging.after().isPresent()) {
            after = " and (b.rank, b.deal_id) > (:afterRank collate \"C\", :afterId)";
            params.put("afterRank", paging.after().get().text(0));
            params.put("afterId", paging.after().get().uuid(1));
        }
        return db.sql("select card.* from pipeline_status s cross join lateral (" + CARD + """
                 where b.status_id = s.id and b.generation = live_generation('board') and not b.gone
                """ + after + filter.where() + " order by b.rank, b.deal_id" + paging.rows()
                + ") card where " + columns + " order by card.rank, card.deal_id").withQueryTimeout(LONGEST_SECONDS)
                .params(params).param("of", of).query((row, _) -> card(row)).list();
    }

    private Map<UUID, Count> counts(List<UUID> statuses) {
        return counted(db.sql("""
                select status_id, currency, cards, amount from board_column
                 where status_id = any (:statuses) and generation = live_generation('board') order by currency
                """).param("statuses", statuses.toArray(UUID[]::new)));
    }

    private Map<UUID, Count> counts(List<UUID> statuses, Filter filter) {
        return counted(db.sql("""
                select b.status_id, coalesce(b.currency, '') as currency, count(*) as cards, coalesce(sum(b.amount), 0) as amount
                  from board_card b join contact k on k.id = b.contact_id join contact c on c.id = k.whole_id
                 where b.status_id = any (:statuses) and b.generation = live_generation('board') and not b.gone
                """ + filter.where() + " group by 1, 2 order by 2").withQueryTimeout(LONGEST_SECONDS)
                .params(filter.params()).param("statuses", statuses.toArray(UUID[]::new)));
    }

    private static Map<UUID, Count> counted(JdbcClient.StatementSpec statement) {
        var counts = new LinkedHashMap<UUID, Count>();
        statement.query((ResultSet row) -> {
            var sums = new ArrayList<Sum>();
            if (!row.getString("currency").isEmpty() && row.getLong("cards") > 0) {
                sums.add(new Sum(row.getString("currency"), row.getBigDecimal("amount").toBigInteger()));
            }
            counts.merge(row.getObject("status_id", UUID.class), new Count(row.getLong("cards"), sums), (a, b) -> {
                var both = new ArrayList<>(a.sums());
                both.addAll(b.sums());
                return new Count(a.cards() + b.cards(), both);
            });
        });
        return counts;
    }

    private Filter filter(DefinePipelines.Shown pipeline, Optional<JsonNode> filter) {
        if (filter.isEmpty()) return Filter.NONE;
        var project = new ProjectId(pipeline.projectId());
        var sql = SpecificationSql.of(filters.read(project, filter.get()), filters.now(project));
        return new Filter(" and " + sql.where(), sql.params());
    }

    private static <T> T inTime(Supplier<T> work) {
        try {
            return work.get();
        } catch (QueryTimeoutException tooLong) {
            throw new Refusal(Refusal.Kind.UNAVAILABLE, "search_too_slow",
                    "This filter takes too long; ask for something that fewer cards have to be looked at for.");
        }
    }

    private static Card card(ResultSet row) throws SQLException {
        var currency = row.getString("currency");
        return new Card(row.getObject("deal_id", UUID.class), row.getObject("whole_id", UUID.class),
                Optional.ofNullable(row.getString("contact_name")), row.getObject("status_id", UUID.class),
                row.getString("rank"),
                currency == null ? Optional.empty() : Optional.of(new DealView.Worth(row.getLong("amount"), currency)),
                Optional.ofNullable(row.getObject("loss_reason_id", UUID.class)),
                row.getObject("entered_at", OffsetDateTime.class).toInstant(),
                row.getObject("status_since", OffsetDateTime.class).toInstant(), row.getLong("version"));
    }
}

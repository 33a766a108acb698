package com.ventros.crm.operations;

import com.ventros.crm.events.FailureFilter;
import com.ventros.crm.events.HandleFailures;
import com.ventros.crm.http.Cursor;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Paging;
import com.ventros.crm.kernel.Refusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Failures as an operator sees them: one by one, by cause, and each with all that is known of it. */
@Component
public class FailuresView {

    /** A screen shows the biggest groups; who has more causes than that begins with these. */
    private static final int MOST_GROUPS = 100;
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    /**
     * A failure in a list.
     *
     * @param tenantId null for what belongs to nobody
     * @param source   queue that gave up, or the routing key that the broker refused
     * @param consumer null where no consumer of events failed
     * @param cause    the reason without what differs from case to case
     * @param state    open, retried, resolved or discarded
     * @param editable whether its event's data can be changed
     * @param note     why it was discarded
     */
    public record Line(UUID id, @Nullable UUID tenantId, String source, @Nullable String consumer, @Nullable UUID messageId,
            @Nullable String type, String code, String reason, String cause, int attempts, Instant firstAt, Instant lastAt,
            String state, boolean editable, boolean edited, @Nullable String note, long version) {}

    /** Failures of one cause. */
    public record Group(String source, @Nullable String consumer, @Nullable String type, String code, String cause, long count,
            Instant firstAt, Instant lastAt, UUID example, String exampleReason) {}

    /**
     * All that is known of a failure.
     *
     * @param event    the message as JSON; null where it is none
     * @param raw      the message in Base64, where it is no JSON
     * @param original the message before it was edited
     */
    public record Whole(Line failure, Map<String, String> headers, @Nullable String stackHead, @Nullable JsonNode event,
            @Nullable String raw, @Nullable JsonNode original) {}

    private final JdbcClient db;
    private final JdbcClient system;
    private final JsonMapper json;

    FailuresView(JdbcClient db, @Qualifier("system") JdbcClient system, JsonMapper json) {
        this.db = db;
        this.system = system;
        this.json = json;
    }

    /** The latest first. */
    @Transactional(readOnly = true)
    public Page<Line> list(FailureFilter which, Paging paging) {
        var after = paging.after().map(cursor -> " and (last_at, id) < (:at, :after)").orElse("");
        var statement = rows(which).sql("select * from failures where " + which.where() + after
                + " order by last_at desc, id desc limit :fetch").params(which.params()).param("fetch", paging.fetch());
        if (paging.after().isPresent()) {
            var cursor = paging.after().get();
            statement = statement.param("at", cursor.instant(0).atOffset(ZoneOffset.UTC)).param("after", cursor.uuid(1));
        }
        return Page.of(statement.query((row, _) -> line(row)).list(), paging, line -> Cursor.after(line.lastAt(), line.id()));
    }

    /** The biggest groups first. */
    @Transactional(readOnly = true)
    public List<Group> groups(FailureFilter which) {
        return rows(which).sql("""
                select source, type, code, cause, count(*) as count, min(first_at) as first_at, max(last_at) as last_at,
                       (array_agg(id order by last_at desc, id desc))[1] as example,
                       (array_agg(reason order by last_at desc, id desc))[1] as example_reason
                  from failures where %s
                 group by source, type, code, cause order by count(*) desc, source, type, code, cause limit :most
                """.formatted(which.where()))
                .params(which.params()).param("most", MOST_GROUPS)
                .query((row, _) -> new Group(row.getString("source"), consumer(row.getString("source")), row.getString("type"),
                        row.getString("code"), row.getString("cause"), row.getLong("count"), instant(row, "first_at"),
                        instant(row, "last_at"), row.getObject("example", UUID.class), row.getString("example_reason")))
                .list();
    }

    /** One of them. */
    @Transactional(readOnly = true)
    public Whole one(FailureFilter which) {
        return rows(which).sql("select * from failures where " + which.where()).params(which.params())
                .query((row, _) -> {
                    var body = row.getBytes("body");
                    var event = tree(body);
                    return new Whole(line(row), json.readValue(row.getString("headers"), TEXTS), row.getString("stack_head"),
                            event.orElse(null), event.isPresent() ? null : Base64.getEncoder().encodeToString(body),
                            Optional.ofNullable(row.getBytes("original_body")).flatMap(this::tree).orElse(null));
                })
                .optional().orElseThrow(() -> Refusal.notFound("failure"));
    }

    /** A tenant's own are read under row security; only the installation's operators see past it. */
    private JdbcClient rows(FailureFilter which) {
        return which.tenant().isPresent() ? db : system;
    }

    private static Line line(ResultSet row) throws SQLException {
        var source = row.getString("source");
        boolean edited = row.getBytes("original_body") != null;
        return new Line(row.getObject("id", UUID.class), row.getObject("tenant_id", UUID.class), source, consumer(source),
                row.getObject("message_id", UUID.class), row.getString("type"), row.getString("code"), row.getString("reason"),
                row.getString("cause"), row.getInt("attempts"), instant(row, "first_at"), instant(row, "last_at"),
                row.getString("state"), HandleFailures.consumer(source).isPresent() && row.getString("state").equals("open"),
                edited, row.getString("note"), row.getLong("version"));
    }

    private static String consumer(String source) {
        return HandleFailures.consumer(source).orElse(null);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }

    private Optional<JsonNode> tree(byte[] body) {
        try {
            return body.length == 0 ? Optional.empty() : Optional.of(json.readTree(body));
        } catch (JacksonException none) {
            return Optional.empty();
        }
    }
}

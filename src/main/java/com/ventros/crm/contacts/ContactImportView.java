package com.ventros.crm.contacts;

import com.ventros.crm.http.Paging;
import com.ventros.crm.kernel.ProjectId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Imports of contacts as a screen shows them: how far they came, and what became of each row. */
@Component
@Transactional(readOnly = true)
public class ContactImportView {

    /** What became of the rows so far. */
    public record Entered(int created, int updated, int unchanged, int refused) {}

    /** What was taken back so far; {@code left} rows had changed what somebody changed since. */
    public record TakenBack(int deleted, int restored, int left) {}

    /**
     * An import.
     *
     * @param headers what the columns are called in the file
     * @param columns what they are, empty before it was started; null in it for one that is left out
     * @param suggested what they probably are
     * @param decimal {@code comma} or {@code point} if somebody said which sign stands before the parts of numbers
     * @param state   {@code ready}, {@code running}, {@code done}, {@code cancelled}, {@code undoing} or {@code undone}
     * @param done    rows that were looked at
     * @param rowsKept false when the rows are gone because of their age
     */
    public record Shown(UUID id, UUID projectId, String fileName, String encoding, String separator, List<String> headers,
            List<Optional<String>> columns, List<Optional<String>> suggested, Optional<String> decimal, String state, int rows, int done, Entered entered,
            TakenBack takenBack, boolean rowsKept, Instant createdAt, Optional<Instant> startedAt, Optional<Instant> finishedAt) {}

    /**
     * A row and what became of it.
     *
     * @param outcome {@code created}, {@code updated}, {@code unchanged}, {@code refused}, or null while it was not looked at
     * @param field   the column whose value was refused, if it was because of one
     * @param undone  {@code deleted}, {@code restored} or {@code left}, if somebody took the import back
     * @param left    what taking back left as it is
     */
    public record ShownRow(int row, List<String> cells, Optional<String> outcome, Optional<UUID> contactId, Optional<String> field,
            Optional<String> code, Optional<String> reason, JsonNode changes, Optional<String> undone, List<String> left) {}

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient db;
    private final CustomFields fields;

    ContactImportView(JdbcClient db, CustomFields fields) {
        this.db = db;
        this.fields = fields;
    }

    /** The newest first. */
    public List<Shown> list(Paging paging) {
        var params = new HashMap<String, Object>();
        var where = "";
        if (paging.after().isPresent()) {
            where = " where (created_at, id) < (:afterTime::timestamptz, :afterId)";
            params.put("afterTime", paging.after().get().instant(0).toString());
            params.put("afterId", paging.after().get().uuid(1));
        }
        return db.sql("select * from contact_import" + where + " order by created_at desc, id desc limit :limit")
                .params(params).param("limit", paging.fetch()).query((row, _) -> shown(row)).list();
    }

    public Optional<Shown> find(UUID id) {
        return db.sql("select * from contact_import where id = :id").param("id", id).query((row, _) -> shown(row)).optional();
    }

    /** The rows after this one in the order of the file, of one outcome or all. */
    public List<ShownRow> rows(UUID id, Optional<String> outcome, int after, int limit) {
        return db.sql("""
                select * from contact_import_row where import_id = :id and number > :after
                   and (:outcome::text is null or outcome = :outcome) order by number limit :limit
                """).param("id", id).param("after", after).param("outcome", outcome.map(code -> code.toUpperCase(Locale.ROOT)).orElse(null))
                .param("limit", limit).query((row, _) -> row(row)).list();
    }

    private Shown shown(ResultSet row) throws SQLException {
        var project = row.getObject("project_id", UUID.class);
        var headers = texts(row, "headers");
        var state = code(row.getString("state"));
        int done = row.getInt("created") + row.getInt("updated") + row.getInt("unchanged") + row.getInt("refused");
        return new Shown(row.getObject("id", UUID.class), project, row.getString("file_name"), row.getString("encoding"),
                row.getString("separator"), headers, meant(texts(row, "targets")),
                state.equals("ready") ? meant(ImportColumns.suggested(headers, fields.of(new ProjectId(project)))) : List.of(),
                Optional.ofNullable(row.getString("decimal_sign")).map(ContactImportView::code), state, row.getInt("total"), done,
                new Entered(row.getInt("created"), row.getInt("updated"), row.getInt("unchanged"), row.getInt("refused")),
                new TakenBack(row.getInt("undone_deleted"), row.getInt("undone_restored"), row.getInt("undone_left")),
                row.getBoolean("rows_kept"), row.getObject("created_at", OffsetDateTime.class).toInstant(),
                time(row, "started_at"), time(row, "finished_at"));
    }

    private static ShownRow row(ResultSet row) throws SQLException {
        return new ShownRow(row.getInt("number"), List.of(JSON.readValue(row.getString("cells"), String[].class)),
                Optional.ofNullable(row.getString("outcome")).map(ContactImportView::code),
                Optional.ofNullable(row.getObject("contact_id", UUID.class)), Optional.ofNullable(row.getString("field")),
                Optional.ofNullable(row.getString("code")), Optional.ofNullable(row.getString("reason")),
                JSON.readTree(Optional.ofNullable(row.getString("changes")).orElse("[]")),
                Optional.ofNullable(row.getString("undone")).map(ContactImportView::code), texts(row, "undone_left"));
    }

    private static List<Optional<String>> meant(List<String> targets) {
        return targets.stream().map(target -> Optional.of(target).filter(one -> !one.isEmpty())).toList();
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        var array = row.getArray(column);
        return array == null ? List.of() : Arrays.asList((String[]) array.getArray());
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private static String code(String constant) {
        return constant.toLowerCase(Locale.ROOT);
    }
}

package com.ventros.crm.contacts;

import com.ventros.crm.contacts.ContactExportEvent.ContactExportMade;
import com.ventros.crm.csv.Cells;
import com.ventros.crm.csv.Figures;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.specifications.SpecificationSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Somebody takes contacts out as rows that an import understands. They are read a page at a time, each in a transaction of its
 * own: whoever reads slowly holds no snapshot and no connection, and however many there are, a page is all that is in memory.
 */
@Component
public class ExportContacts {

    /**
     * Which contacts, and what of them.
     *
     * @param project the tenant's only project when empty
     * @param filter  as a search has it
     * @param columns empty for all
     */
    public record Request(Optional<ProjectId> project, Optional<JsonNode> filter, Optional<UUID> list, List<String> columns) {}

    /**
     * What is taken out, decided and told; {@link #read} gives the rows.
     *
     * @param documents columns that are JSON, whatever stands in it
     */
    public record Export(ProjectId project, List<String> columns, Set<String> documents, String where, Map<String, Object> params) {}

    private record Key(Instant createdAt, UUID id) {}

    private static final String CREATED_AT = "createdAt";
    private static final List<String> OWN = List.of(ImportColumns.ID, ImportColumns.NAME, ImportColumns.LANGUAGE, ImportColumns.PHONES,
            ImportColumns.EMAILS, ImportColumns.EXTERNAL_IDS, ImportColumns.TAGS, CREATED_AT);
    /** Some hundred kilobytes, and few enough statements. */
    private static final int PAGE = 1_000;
    /** Digits of numbers are kept as they are. */
    private static final JsonMapper JSON = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private final JdbcClient db;
    private final Outbox outbox;
    private final Projects projects;
    private final CustomFields fields;
    private final ContactFilters filters;
    private final TransactionTemplate transaction;

    ExportContacts(JdbcClient db, Outbox outbox, Projects projects, CustomFields fields, ContactFilters filters,
            TransactionTemplate transaction) {
        this.db = db;
        this.outbox = outbox;
        this.projects = projects;
        this.fields = fields;
        this.filters = filters;
        this.transaction = transaction;
    }

    /** Refused where there is no such column, list or filter; else told as an event, before anything is given out. */
    public Export begin(Request request) {
        return transaction.execute(_ -> {
            var project = projects.orOnly(request.project()).id();
            var columns = columns(project, request.columns());
            var where = new StringBuilder();
            var params = new HashMap<String, Object>();
            request.filter().ifPresent(json -> {
                var sql = SpecificationSql.of(filters.read(project, json), filters.now(project));
                where.append(" and ").append(sql.where());
                params.putAll(sql.params());
            });
            request.list().ifPresent(list -> {
                db.sql("select id from contact_list where id = :list and project_id = :project").param("list", list)
                        .param("project", project.value()).query(UUID.class).optional().orElseThrow(() -> Refusal.notFound("contact_list"));
                where.append(" and exists (select from contact_list_member m where m.list_id = :list and m.contact_id = c.id and m.counts)");
                params.put("list", list);
            });
            var id = Uuids.v7();
            outbox.append(List.of(new NewEvent(new ContactExportMade(id, request.list(), request.filter().isPresent(), columns),
                    "contact_export", id, 1, Optional.of(project), Instant.now(), Cause.current())));
            var documents = fields.of(project).stream().filter(field -> field.type == CustomField.Type.JSON)
                    .map(field -> ImportColumns.CUSTOM + field.key).collect(Collectors.toSet());
            return new Export(project, columns, documents, where.toString(), params);
        });
    }

    /** Hands on the rows, the oldest contact first. */
    public void read(Export export, Consumer<List<String>> row) {
        var after = Optional.<Key>empty();
        List<List<String>> page;
        do {
            var from = after;
            var last = new Key[1];
            page = transaction.execute(_ -> page(export, from, last));
            page.forEach(row);
            after = Optional.ofNullable(last[0]);
        } while (page.size() == PAGE);
    }

    /** Read along the index of those that are not deleted by their age. */
    private List<List<String>> page(Export export, Optional<Key> after, Key[] last) {
        var params = new HashMap<>(export.params());
        var where = export.where();
        if (after.isPresent()) {
            where += " and (c.created_at, c.id) > (:afterTime::timestamptz, :afterId)";
            params.put("afterTime", after.get().createdAt().toString());
            params.put("afterId", after.get().id());
        }
        return db.sql("""
                select c.id, c.name, c.language, c.created_at,
                       array(select i.value from contact_identity i where i.whole_id = c.id and i.kind = 'PHONE' order by i.value) as phones,
                       array(select i.value from contact_identity i where i.whole_id = c.id and i.kind = 'EMAIL' order by i.value) as emails,
                       array(select i.value from contact_identity i where i.whole_id = c.id and i.kind = 'EXTERNAL' order by i.value) as external_ids,
                       array(select t.tag from contact_tag t where t.contact_id = c.id order by t.tag) as tags,
                """ + FieldValues.OBJECT + " as fields from contact c where c.project_id = :project and c.part_of is null and c.deleted_at is null"
                + where + " order by c.created_at, c.id limit " + PAGE)
                .params(params).param("project", export.project().value()).query((row, _) -> {
                    last[0] = new Key(row.getObject("created_at", OffsetDateTime.class).toInstant(), row.getObject("id", UUID.class));
                    return cells(export, row);
                }).list();
    }

    private static List<String> cells(Export export, ResultSet row) throws SQLException {
        var fields = JSON.readTree(row.getString("fields"));
        var cells = new ArrayList<String>(export.columns().size());
        for (var column : export.columns()) {
            cells.add(switch (column) {
                case ImportColumns.ID -> row.getString("id");
                case ImportColumns.NAME, ImportColumns.LANGUAGE -> Optional.ofNullable(row.getString(column)).orElse("");
                case ImportColumns.PHONES, ImportColumns.EMAILS, ImportColumns.TAGS -> joined(row, column);
                case ImportColumns.EXTERNAL_IDS -> joined(row, "external_ids");
                case CREATED_AT -> row.getObject("created_at", OffsetDateTime.class).toInstant().toString();
                default -> {
                    var value = fields.path(column.substring(ImportColumns.CUSTOM.length()));
                    yield value.isMissingNode() ? "" : export.documents().contains(column) ? value.toString() : text(value);
                }
            });
        }
        return cells;
    }

    private static String joined(ResultSet row, String column) throws SQLException {
        return Cells.join(List.of((String[]) row.getArray(column).getArray()));
    }

    private static String text(JsonNode value) {
        if (value.isArray()) return Cells.join(value.valueStream().map(JsonNode::asString).toList());
        return value.isNumber() ? Figures.unambiguous(value.decimalValue().toPlainString()) : value.asString();
    }

    private List<String> columns(ProjectId project, List<String> wanted) {
        var known = Stream.concat(OWN.stream(), fields.of(project).stream().filter(field -> field.archivedAt().isEmpty())
                .map(field -> ImportColumns.CUSTOM + field.key)).toList();
        if (wanted.isEmpty()) return known;
        if (!known.containsAll(wanted) || Set.copyOf(wanted).size() < wanted.size()) {
            throw Refusal.invalid("columns", "unknown", "Columns are different ones of " + String.join(", ", OWN) + ", or custom. and a field's key.");
        }
        return List.copyOf(wanted);
    }
}

package com.ventros.crm.contacts;

import com.ventros.crm.http.Cursor;
import com.ventros.crm.http.Paging;
import com.ventros.crm.kernel.PhoneNumber;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.specifications.Folding;
import com.ventros.crm.specifications.SpecificationSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Contacts as a screen shows them. */
@Component
@Transactional(readOnly = true)
public class ContactView {

    /** {@code nameSetBy} is {@code person}, {@code channel} or {@code none}. */
    public record Shown(UUID id, UUID projectId, Optional<String> name, String nameSetBy, Optional<String> language,
            List<ShownIdentity> identities, List<String> tags, JsonNode fields, Instant createdAt, Optional<Instant> deletedAt,
            long version) {}

    /**
     * What is looked for.
     *
     * @param project the tenant's only project when empty
     * @param filter  as callers write it; empty for all
     */
    public record Search(Optional<ProjectId> project, Optional<JsonNode> filter, boolean deleted, Order order) {}

    /** What a search is sorted by. */
    public enum Order {
        NEWEST("-createdAt", "c.created_at", "desc", "<"), OLDEST("createdAt", "c.created_at", "asc", ">"),
        NAME("name", "c.sort_name", "asc", ">"), NAME_BACKWARDS("-name", "c.sort_name", "desc", "<");

        private final String code;
        private final String column;
        private final String direction;
        private final String beyond;

        Order(String code, String column, String direction, String beyond) {
            this.code = code;
            this.column = column;
            this.direction = direction;
            this.beyond = beyond;
        }

        public static Order of(String code) {
            return Arrays.stream(values()).filter(order -> order.code.equals(code)).findFirst().orElseThrow(() ->
                    Refusal.invalid("sort", "invalid", "A search is sorted by createdAt, -createdAt, name or -name."));
        }

        /** As it is asked for. */
        @Override
        public String toString() {
            return code;
        }

        private boolean byName() {
            return this == NAME || this == NAME_BACKWARDS;
        }

        /** The position after this contact. */
        public Cursor after(Shown contact) {
            return Cursor.after(byName() ? Folding.fold(contact.name().orElse("")) : contact.createdAt(), contact.id());
        }
    }

    /** A tag, and how many contacts that are not deleted carry it. */
    public record ShownTag(String name, long contacts) {}

    /** {@code display} is the value as a person reads it. */
    public record ShownIdentity(String kind, String value, String display) {}

    /** Something that happened with a contact; {@code data} is the event's. */
    public record Entry(UUID id, String type, Instant at, JsonNode data) {}

    /**
     * What is asked of a timeline.
     *
     * @param kinds first words of event types, for instance {@code note}, and {@code deal} for what became of deals; none for all
     * @param from  what happened then or later
     * @param to    what happened before
     */
    public record Part(Collection<String> kinds, Optional<Instant> from, Optional<Instant> to) {}

    /** PostgreSQL would plan for each name, and take longer for that than for walking along a tag. */
    private static final String PLANNED_ONCE = "set local plan_cache_mode = force_generic_plan";

    private record StoredIdentity(Identity.Kind kind, String value) {}

    /** Nobody waits longer for a list; a filter that few of a million contacts meet may have to look at all of them. */
    private static final int LONGEST_SEARCH_SECONDS = 5;

    /** SQL of the contact that is shown for the id {@code :contact}: itself, or the one it turned out to be. What is kept of both is kept as its. */
    public static final String SHOWN = "(select k.whole_id from contact k where k.id = " + Contacts.KEPT.replace(":id", ":contact::uuid") + ")";

    private static final JsonMapper JSON = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private static final String COLUMNS = """
            select c.id, c.project_id, c.name, c.name_set_by, c.language, c.created_at, c.deleted_at, c.version,
                   (select coalesce(jsonb_agg(jsonb_build_object('kind', i.kind, 'value', i.value)
                                              order by i.kind desc, i.value), '[]')
                      from contact_identity i where %s) as identities,
                   array(select t.tag from contact_tag t where t.contact_id = c.id order by t.tag) as tags,
            """;
    /** With all that it is known by, its parts' included; those are shown nowhere else. */
    private static final String CONTACT = COLUMNS.formatted("i.whole_id = c.id") + FieldValues.OBJECT + " as fields from contact c";

    private final JdbcClient db;
    private final Projects projects;
    private final ContactFilters filters;
    private final ContactSearch contactSearch;

    ContactView(JdbcClient db, Projects projects, ContactFilters filters, ContactSearch contactSearch) {
        this.contactSearch = contactSearch;
        this.filters = filters;
        this.db = db;
        this.projects = projects;
    }

    /** The newest contacts first, deleted or not; with a search text, those whose name or number holds it. */
    public List<Shown> list(Optional<String> search, boolean deleted, Paging paging) {
        var params = new HashMap<String, Object>();
        var where = "c.part_of is null and c.deleted_at is " + (deleted ? "not null" : "null");
        if (search.filter(text -> !text.isBlank()).isPresent()) {
            var found = contactSearch.find(search.get());
            params.putAll(found.params());
            found.few().ifPresent(few -> params.put("few", few.toArray(UUID[]::new)));
            where += found.few().isPresent() ? " and c.id = any (:few)"
                    : " and (" + ContactSearch.NAMES.formatted("c.sort_name") + " or " + ContactSearch.NUMBERS.formatted("c.id") + ")";
        }
        if (paging.after().isPresent()) {
            where += " and (c.created_at, c.id) < (:afterTime::timestamptz, :afterId)";
            params.put("afterTime", paging.after().get().instant(0).toString());
            params.put("afterId", paging.after().get().uuid(1));
        }
        return db.sql(CONTACT + " where " + where + " order by c.created_at desc, c.id desc" + paging.rows())
                .params(params).query((row, _) -> shown(row)).list();
    }

    /** The project's contacts that meet the filter, as many as the page wants. */
    public List<Shown> search(Search search, Paging paging) {
        try {
            return find(search, paging);
        } catch (QueryTimeoutException tooLong) {
            throw new Refusal(Refusal.Kind.UNAVAILABLE, "search_too_slow",
                    "This search takes too long; ask for something that fewer contacts have to be looked at for.");
        }
    }

    private List<Shown> find(Search search, Paging paging) {
        var project = projects.orOnly(search.project()).id();
        var order = search.order();
        var params = new HashMap<String, Object>();
        var where = new StringBuilder("c.project_id = :project and c.part_of is null and c.deleted_at is ").append(search.deleted() ? "not null" : "null");
        search.filter().ifPresent(json -> {
            var sql = SpecificationSql.inOrderOf(order.column, filters.read(project, json), filters.now(project));
            if (sql.walksAlongRows()) db.sql(PLANNED_ONCE).update();
            where.append(" and ").append(sql.where());
            params.putAll(sql.params());
        });
        paging.after().ifPresent(after -> {
            where.append(" and (%s, c.id) %s (:after%s, :afterId)"
                    .formatted(order.column, order.beyond, order.byName() ? "::text" : "::timestamptz"));
            params.put("after", order.byName() ? after.text(0) : after.instant(0).toString());
            params.put("afterId", after.uuid(1));
        });
        return db.sql(CONTACT + " where " + where + " order by %1$s %2$s, c.id %2$s"
                .formatted(order.column, order.direction) + paging.rows()).withQueryTimeout(LONGEST_SEARCH_SECONDS)
                .params(params).param("project", project.value())
                .query((row, _) -> shown(row)).list();
    }

    /** The contact, or the one that it turned out to be. */
    public Optional<Shown> find(ContactId id) {
        return db.sql(CONTACT + " where c.id = (select k.whole_id from contact k where k.id = " + Contacts.KEPT + ")")
                .param("id", id.value()).query((row, _) -> shown(row)).optional();
    }

    /** These contacts, in the order of their ids. */
    List<Shown> all(Collection<UUID> ids) {
        return db.sql(CONTACT + " where c.id = any (:ids) order by c.id").param("ids", ids.toArray(UUID[]::new))
                .query((row, _) -> shown(row)).list();
    }

    /** The contact as it is without its parts, or as a part of another. */
    Shown itself(ContactId id) {
        return db.sql(COLUMNS.formatted("i.whole_id = c.whole_id and i.contact_id = c.id") + FieldValues.OBJECT + " as fields from contact c where c.id = :id")
                .param("id", id.value()).query((row, _) -> shown(row)).single();
    }

    /** What happened with the contact, the newest first; of sessions that turned out to be parts of others, nothing. */
    public List<Entry> timeline(UUID contact, Part part, Paging paging) {
        var params = new HashMap<String, Object>();
        var only = "";
        if (paging.after().isPresent()) {
            only = "and (t.at, t.id) < (:afterTime::timestamptz, :afterId)";
            params.put("afterTime", paging.after().get().instant(0).toString());
            params.put("afterId", paging.after().get().uuid(1));
        }
        if (part.from().isPresent()) {
            only += " and t.at >= :from::timestamptz";
            params.put("from", part.from().get().toString());
        }
        if (part.to().isPresent()) {
            only += " and t.at < :to::timestamptz";
            params.put("to", part.to().get().toString());
        }
        return db.sql("""
                with merged as (
                    select data ->> 'sessionId' as session from timeline_entry
                     where contact_id = any (:contacts) and generation = live_generation('timeline')
                       and type = 'session.ended' and data ->> 'reason' = 'MERGED')
                select t.id, t.type, t.at, t.data from timeline_entry t
                 where t.contact_id = any (:contacts) and t.generation = live_generation('timeline')
                   and not exists (select from merged m where m.session = t.data ->> 'sessionId')
                   and (cardinality(:kinds::text[]) = 0 or case when t.type like 'contact.%pipeline%' then 'deal'
                                                                else split_part(t.type, '.', 1) end = any (:kinds::text[]))
                """ + only + " order by t.at desc, t.id desc" + paging.rows())
                .param("contacts", whole(contact)).param("kinds", part.kinds().toArray(String[]::new)).params(params)
                .query((row, _) -> new Entry(row.getObject("id", UUID.class), row.getString("type"),
                        row.getObject("at", OffsetDateTime.class).toInstant(), JSON.readTree(row.getString("data"))))
                .list();
    }

    /** Tags that somebody carries, in the order of their letters. */
    public List<ShownTag> tags(Optional<ProjectId> project, Paging paging) {
        return db.sql("""
                select name, contact_count from tag
                 where project_id = :project and contact_count > 0 and name > :after order by name limit :limit
                """)
                .param("project", projects.orOnly(project).id().value())
                .param("after", paging.after().map(after -> after.text(0)).orElse(""))
                .param("limit", paging.fetch())
                .query((row, _) -> new ShownTag(row.getString("name"), row.getLong("contact_count"))).list();
    }

    /** The contact and its parts: what happened with each is kept with it. */
    private UUID[] whole(UUID contact) {
        return db.sql("select id from contact where id = :contact or part_of = :contact").param("contact", contact).query(UUID.class).list()
                .toArray(UUID[]::new);
    }

    private static Shown shown(ResultSet row) throws SQLException {
        var identities = List.of(JSON.readValue(row.getString("identities"), StoredIdentity[].class));
        return new Shown(row.getObject("id", UUID.class), row.getObject("project_id", UUID.class),
                Optional.ofNullable(row.getString("name")), row.getString("name_set_by").toLowerCase(Locale.ROOT),
                Optional.ofNullable(row.getString("language")),
                identities.stream().map(one -> new ShownIdentity(one.kind().name().toLowerCase(Locale.ROOT), one.value(),
                        one.kind() == Identity.Kind.PHONE ? new PhoneNumber(one.value()).international() : one.value()))
                        .toList(),
                List.of((String[]) row.getArray("tags").getArray()), JSON.readTree(row.getString("fields")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("deleted_at", OffsetDateTime.class)).map(OffsetDateTime::toInstant),
                row.getLong("version"));
    }
}

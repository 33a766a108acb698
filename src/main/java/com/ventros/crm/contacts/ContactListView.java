package com.ventros.crm.contacts;

import com.ventros.crm.http.Paging;
import com.ventros.crm.kernel.ProjectId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lists of contacts as a screen shows them. */
@Component
@Transactional(readOnly = true)
public class ContactListView {

    /**
     * @param kind      {@code static}: people fill it, or {@code dynamic}: its filter does
     * @param contacts  how many are on it
     * @param countedAt when all contacts were looked at last; empty until that was done for the present filter
     */
    public record Shown(UUID id, UUID projectId, String name, String kind, Optional<JsonNode> filter, long contacts,
            Optional<Instant> countedAt, Instant createdAt, long version) {}

    /** {@code since}: when the contact came onto the list. */
    public record Member(Instant since, ContactView.Shown contact) {}

    /** A list that a contact is on, {@code since} then; of which {@code kind}, as {@link Shown} has it. */
    public record Membership(UUID id, String name, String kind, Instant since) {}

    private static final JsonMapper JSON = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private final JdbcClient db;
    private final Projects projects;
    private final ContactView contacts;

    ContactListView(JdbcClient db, Projects projects, ContactView contacts) {
        this.db = db;
        this.projects = projects;
        this.contacts = contacts;
    }

    /** All of the project, in the order of their names. */
    public List<Shown> of(Optional<ProjectId> project) {
        return db.sql("select * from contact_list where project_id = :project order by lower(name), id")
                .param("project", projects.orOnly(project).id().value()).query((row, _) -> shown(row)).list();
    }

    public Optional<Shown> find(UUID id) {
        return db.sql("select * from contact_list where id = :id").param("id", id).query((row, _) -> shown(row)).optional();
    }

    /** Who is on it, in the order of their ids. */
    public List<Member> members(UUID list, Paging paging) {
        var since = new HashMap<UUID, Instant>();
        var ids = db.sql("""
                select contact_id, since from contact_list_member
                 where list_id = :list and counts and contact_id > :after order by contact_id limit :limit
                """).param("list", list).param("limit", paging.fetch())
                .param("after", paging.after().map(after -> after.uuid(0)).orElse(new UUID(0, 0)))
                .query((row, _) -> {
                    var id = row.getObject("contact_id", UUID.class);
                    since.put(id, row.getObject("since", OffsetDateTime.class).toInstant());
                    return id;
                }).list();
        return contacts.all(ids).stream().map(contact -> new Member(since.get(contact.id()), contact)).toList();
    }

    /** On which lists the contact is, as the lists have it, in the order of their names. A list that a filter fills follows what happens soon. */
    public List<Membership> of(ContactId contact) {
        return db.sql("""
                select l.id, l.name, l.filter is null as filled, m.since from contact_list_member m join contact_list l on l.id = m.list_id
                 where m.contact_id = :contact and m.counts order by lower(l.name), l.id
                """).param("contact", contact.value())
                .query((row, _) -> new Membership(row.getObject("id", UUID.class), row.getString("name"), row.getBoolean("filled") ? "static" : "dynamic",
                        row.getObject("since", OffsetDateTime.class).toInstant())).list();
    }

    private static Shown shown(ResultSet row) throws SQLException {
        var filter = Optional.ofNullable(row.getString("filter")).map(JSON::readTree);
        return new Shown(row.getObject("id", UUID.class), row.getObject("project_id", UUID.class), row.getString("name"),
                filter.isPresent() ? "dynamic" : "static", filter, row.getLong("contact_count"),
                Optional.ofNullable(row.getObject("counted_at", OffsetDateTime.class)).map(OffsetDateTime::toInstant),
                row.getObject("created_at", OffsetDateTime.class).toInstant(), row.getLong("version"));
    }
}

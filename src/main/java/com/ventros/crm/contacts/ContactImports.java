package com.ventros.crm.contacts;

import com.ventros.crm.contacts.ContactImport.Entered;
import com.ventros.crm.contacts.ContactImport.State;
import com.ventros.crm.contacts.ContactImport.TakenBack;
import com.ventros.crm.csv.CsvFile;
import com.ventros.crm.csv.Figures;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.tenancy.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Keeps imports and their rows. Whoever works on the rows of one holds the import's row until the commit. */
@Repository
class ContactImports {

    /** A row of the file that is still to be looked at. */
    record Row(int number, List<String> cells) {}

    /** What became of a row. */
    enum Outcome { CREATED, UPDATED, UNCHANGED, REFUSED }

    /** Why a row was refused. */
    record Why(String field, String code, String reason) {}

    /**
     * What is to be remembered of a row.
     *
     * @param version of the contact with this row's changes
     * @param changes what it changed, as JSON can hold it; in the order in which it was changed
     */
    record Result(int number, Outcome outcome, Optional<Why> why, Optional<ContactId> contact, Optional<Long> version,
            Optional<List<Map<String, Object>>> changes) {}

    /** A row that changed something. */
    record Changed(int number, Outcome outcome, Optional<ContactId> contact, long version, List<Map<String, Object>> changes) {}

    /** What taking back did with a row, and what it left as it is. */
    record Undone(int number, String outcome, List<String> left) {}

    /** An import that somebody has to work on. */
    record Due(TenantId tenant, UUID id) {}

    private static final JsonMapper JSON = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    private static final TypeReference<List<Map<String, Object>>> CHANGES = new TypeReference<>() {};

    private final JdbcClient db;
    private final JdbcClient system;
    private final Outbox outbox;

    ContactImports(JdbcClient db, @Qualifier("system") JdbcClient system, Outbox outbox) {
        this.db = db;
        this.system = system;
        this.outbox = outbox;
    }

    /** Across tenants: what nobody works on, and what this program works on. */
    List<Due> due(UUID runner, int limit) {
        return system.sql("""
                select tenant_id, id from contact_import
                 where state in ('RUNNING', 'UNDOING') and (runner = :runner or leased_until is null or leased_until < now())
                 order by id limit :limit
                """).param("runner", runner).param("limit", limit)
                .query((row, _) -> new Due(new TenantId(row.getObject("tenant_id", UUID.class)), row.getObject("id", UUID.class)))
                .list();
    }

    /** Across tenants: whose rows are older than they are kept. */
    List<Due> aged(Instant before, int limit) {
        return system.sql("select tenant_id, id from contact_import where rows_kept and created_at < :before and state not in ('RUNNING', 'UNDOING') order by created_at limit :limit")
                .param("before", utc(before)).param("limit", limit)
                .query((row, _) -> new Due(new TenantId(row.getObject("tenant_id", UUID.class)), row.getObject("id", UUID.class)))
                .list();
    }

    /** Whether this program may work on it now; the others leave it alone until the lease ends. */
    boolean lease(UUID id, UUID runner, Duration lease) {
        return db.sql("""
                update contact_import set runner = :runner, leased_until = now() + :lease::interval
                 where id = :id and state in ('RUNNING', 'UNDOING')
                   and (runner = :runner or leased_until is null or leased_until < now())
                """).param("id", id).param("runner", runner).param("lease", lease.toString()).update() == 1;
    }

    /** Another program may go on at once. */
    void release(UUID id, UUID runner) {
        db.sql("update contact_import set runner = null, leased_until = null where id = :id and runner = :runner")
                .param("id", id).param("runner", runner).update();
    }

    void add(ContactImport made, String fileName, CsvFile file, Instant now) {
        db.sql("""
                insert into contact_import (tenant_id, id, project_id, file_name, encoding, separator, headers, state, total,
                                            actor_kind, actor_id, correlation_id, created_at, version)
                values (:tenant, :id, :project, :fileName, :encoding, :separator, :headers, 'READY', :total,
                        :actorKind, :actor, :correlation, :now, 1)
                """)
                .param("tenant", Tenancy.current().value()).param("id", made.id).param("project", made.project.value())
                .param("fileName", fileName).param("encoding", file.encoding.code).param("separator", file.separator.code())
                .param("headers", file.headers.toArray(String[]::new)).param("total", made.total)
                .param("actorKind", Cause.current().actor().kind().name()).param("actor", Cause.current().actor().id())
                .param("correlation", Cause.current().correlationId()).param("now", utc(now)).update();
        tell(made, 1, now);
    }

    void addRows(UUID id, Collection<Row> rows) {
        db.sql("""
                insert into contact_import_row (tenant_id, import_id, number, cells)
                select :tenant, :id, r.number, r.cells from unnest(:numbers::int[], :cells::jsonb[]) r (number, cells)
                """)
                .param("tenant", Tenancy.current().value()).param("id", id)
                .param("numbers", rows.stream().map(Row::number).toArray(Integer[]::new))
                .param("cells", rows.stream().map(row -> JSON.writeValueAsString(row.cells())).toArray(String[]::new)).update();
    }

    /** Locked until the transaction ends. */
    Optional<ContactImport> findForUpdate(UUID id) {
        return db.sql("select * from contact_import where id = :id for no key update").param("id", id)
                .query((row, _) -> read(row)).optional();
    }

    Optional<ContactImport> find(UUID id) {
        return db.sql("select * from contact_import where id = :id").param("id", id).query((row, _) -> read(row)).optional();
    }

    int columnCount(UUID id) {
        return db.sql("select cardinality(headers) from contact_import where id = :id").param("id", id).query(Integer.class).single();
    }

    /** On whose behalf the rows are entered: what follows is theirs, whoever's program does it. */
    Cause cause(UUID id) {
        return db.sql("select actor_kind, actor_id, correlation_id from contact_import where id = :id").param("id", id)
                .query((row, _) -> Cause.outside(row.getObject("correlation_id", UUID.class),
                        new Cause.Outside(Cause.Outside.Kind.PROGRAM, id, Instant.now(), "contact-import"),
                        new Actor(Actor.Kind.valueOf(row.getString("actor_kind")), row.getString("actor_id")), Optional.empty()))
                .single();
    }

    void save(ContactImport saved, Instant now) {
        var over = Set.of(State.DONE, State.CANCELLED, State.UNDONE).contains(saved.state());
        db.sql("""
                update contact_import set state = :state, targets = :targets, decimal_sign = :decimal, position = :position, created = :created,
                       updated = :updated, unchanged = :unchanged, refused = :refused, undone_deleted = :deleted,
                       undone_restored = :restored, undone_left = :left, version = :version,
                       started_at = case when :state = 'READY' then null else coalesce(started_at, :now) end,
                       finished_at = case when :over then coalesce(finished_at, :now) end,
                       runner = case when :over then null else runner end,
                       leased_until = case when :over then null else leased_until end
                 where id = :id
                """)
                .param("state", saved.state().name())
                .param("targets", saved.columns().isEmpty() ? null : saved.columns().toArray(String[]::new))
                .param("decimal", saved.decimal().map(Figures.Decimal::name).orElse(null))
                .param("position", saved.position()).param("created", saved.entered().created())
                .param("updated", saved.entered().updated()).param("unchanged", saved.entered().unchanged())
                .param("refused", saved.entered().refused()).param("deleted", saved.takenBack().deleted())
                .param("restored", saved.takenBack().restored()).param("left", saved.takenBack().left())
                .param("version", saved.storedVersion + 1).param("over", over).param("now", utc(now)).param("id", saved.id).update();
        tell(saved, saved.storedVersion + 1, now);
    }

    /** Whoever starts it, or takes it back, is who does it from then on. */
    void by(UUID id, Cause cause) {
        db.sql("update contact_import set actor_kind = :kind, actor_id = :actor, correlation_id = :correlation where id = :id")
                .param("kind", cause.actor().kind().name()).param("actor", cause.actor().id())
                .param("correlation", cause.correlationId()).param("id", id).update();
    }

    /** The rows after this one, as many at most. */
    List<Row> rows(UUID id, int after, int limit) {
        return db.sql("""
                select number, cells from contact_import_row where import_id = :id and number > :after order by number limit :limit
                """).param("id", id).param("after", after).param("limit", limit)
                .query((row, _) -> new Row(row.getInt("number"), List.of(JSON.readValue(row.getString("cells"), String[].class))))
                .list();
    }

    void results(UUID id, Collection<Result> results) {
        var all = List.copyOf(results);
        db.sql("""
                update contact_import_row r set outcome = w.outcome, field = w.field, code = w.code, reason = w.reason,
                       contact_id = w.contact, contact_version = w.version, changes = w.changes
                  from unnest(:numbers::int[], :outcomes::text[], :fields::text[], :codes::text[], :reasons::text[],
                              :contacts::uuid[], :versions::bigint[], :changes::jsonb[])
                       w (number, outcome, field, code, reason, contact, version, changes)
                 where r.import_id = :id and r.number = w.number
                """)
                .param("id", id).param("numbers", all.stream().map(Result::number).toArray(Integer[]::new))
                .param("outcomes", all.stream().map(one -> one.outcome().name()).toArray(String[]::new))
                .param("fields", all.stream().map(one -> one.why().map(Why::field).orElse(null)).toArray(String[]::new))
                .param("codes", all.stream().map(one -> one.why().map(Why::code).orElse(null)).toArray(String[]::new))
                .param("reasons", all.stream().map(one -> one.why().map(Why::reason).orElse(null)).toArray(String[]::new))
                .param("contacts", all.stream().map(one -> one.contact().map(ContactId::value).orElse(null)).toArray(UUID[]::new))
                .param("versions", all.stream().map(one -> one.version().orElse(null)).toArray(Long[]::new))
                .param("changes", all.stream().map(one -> one.changes().map(JSON::writeValueAsString).orElse(null)).toArray(String[]::new))
                .update();
    }

    /** Contacts that an earlier row of this import was about. */
    Set<ContactId> concerned(UUID id, Collection<ContactId> contacts) {
        return Set.copyOf(db.sql("""
                select distinct contact_id from contact_import_row
                 where contact_id = any (:contacts) and import_id = :id and outcome <> 'REFUSED'
                """).param("id", id).param("contacts", uuids(contacts))
                .query((row, _) -> new ContactId(row.getObject(1, UUID.class))).list());
    }

    /** Those of the contacts that taking back an import deleted, and nobody else. */
    Set<ContactId> deletedByUndo(Collection<ContactId> contacts) {
        if (contacts.isEmpty()) return Set.of();
        return Set.copyOf(db.sql("""
                select distinct r.contact_id from contact_import_row r join contact c on c.id = r.contact_id
                 where r.contact_id = any (:contacts) and r.undone = 'DELETED' and c.version = r.contact_version + 1
                """).param("contacts", uuids(contacts))
                .query((row, _) -> new ContactId(row.getObject(1, UUID.class))).list());
    }

    /** Rows between these two that changed something, the last first. */
    List<Changed> changed(UUID id, int upTo, int downTo) {
        return db.sql("""
                select number, outcome, contact_id, contact_version, changes from contact_import_row
                 where import_id = :id and number between :downTo and :upTo and outcome in ('CREATED', 'UPDATED')
                 order by number desc
                """).param("id", id).param("upTo", upTo).param("downTo", downTo)
                .query((row, _) -> new Changed(row.getInt("number"), Outcome.valueOf(row.getString("outcome")),
                        Optional.ofNullable(row.getObject("contact_id", UUID.class)).map(ContactId::new),
                        row.getLong("contact_version"), JSON.readValue(row.getString("changes"), CHANGES)))
                .list();
    }

    void undone(UUID id, Collection<Undone> undone) {
        var all = List.copyOf(undone);
        db.sql("""
                update contact_import_row r set undone = w.outcome, undone_left = string_to_array(w.left_over, E'\\n')
                  from unnest(:numbers::int[], :outcomes::text[], :left::text[]) w (number, outcome, left_over)
                 where r.import_id = :id and r.number = w.number
                """)
                .param("id", id).param("numbers", all.stream().map(Undone::number).toArray(Integer[]::new))
                .param("outcomes", all.stream().map(Undone::outcome).toArray(String[]::new))
                .param("left", all.stream().map(one -> one.left().isEmpty() ? null : String.join("\n", one.left())).toArray(String[]::new))
                .update();
    }

    /** Deletes some of the rows of an import that is too old; false when none are left. */
    boolean forget(UUID id, int atOnce) {
        int gone = db.sql("""
                delete from contact_import_row where import_id = :id and number in (
                       select number from contact_import_row where import_id = :id order by number limit :limit)
                """).param("id", id).param("limit", atOnce).update();
        if (gone > 0) return true;
        db.sql("update contact_import set rows_kept = false where id = :id").param("id", id).update();
        return false;
    }

    private void tell(ContactImport told, long version, Instant now) {
        outbox.append(told.takeEvents().stream().map(event -> new NewEvent(event, "contact_import", told.id, version,
                Optional.of(told.project), now, Cause.current())).toList());
    }

    private static ContactImport read(ResultSet row) throws SQLException {
        var targets = row.getArray("targets");
        return new ContactImport(row.getObject("id", UUID.class), new ProjectId(row.getObject("project_id", UUID.class)),
                row.getInt("total"), State.valueOf(row.getString("state")),
                targets == null ? List.of() : List.of((String[]) targets.getArray()),
                Optional.ofNullable(row.getString("decimal_sign")).map(Figures.Decimal::valueOf), row.getInt("position"),
                new Entered(row.getInt("created"), row.getInt("updated"), row.getInt("unchanged"), row.getInt("refused")),
                new TakenBack(row.getInt("undone_deleted"), row.getInt("undone_restored"), row.getInt("undone_left")),
                row.getBoolean("rows_kept"), row.getLong("version"));
    }

    private static UUID[] uuids(Collection<ContactId> ids) {
        return ids.stream().map(ContactId::value).toArray(UUID[]::new);
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}

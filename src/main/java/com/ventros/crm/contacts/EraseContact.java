package com.ventros.crm.contacts;

import com.ventros.crm.contacts.ContactEvent.ContactErased;
import com.ventros.crm.contacts.PersonalData.Person;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.ForgetEvents;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.http.Paging;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.tenancy.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A person wants to know what is kept of them, or that it is no longer kept (LGPD, art. 18). Erasing is one transaction over all that
 * refers to the person, the log of events included, and cannot be taken back.
 */
@Component
public class EraseContact {

    /**
     * What was removed.
     *
     * @param removed rows by table; rows of the log and of copies of its events stay without their words
     * @param files   that nobody else's message has
     */
    public record Erasure(UUID id, UUID contactId, Instant erasedAt, Actor by, Map<String, Long> removed, int files) {}

    public record Actor(String kind, String id) {}

    /** Everything that is kept of a person, by where it is kept. */
    public record Everything(UUID contactId, Instant at, Map<String, List<JsonNode>> kept, List<JsonNode> events) {}

    /** An erasure whose copies are to be looked for once more. */
    public record Due(TenantId tenant, UUID id) {}

    /**
     * Whoever handled an event while its person was erased has written down what it says by then: at once for what lay in a queue,
     * then after the longest that such work takes, and a last time to be sure.
     */
    private static final List<Duration> SWEEPS = List.of(Duration.ofMinutes(1), Duration.ofMinutes(10));
    private static final int DUE_AT_ONCE = 20;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Contacts contacts;
    private final OwnData ownData;
    private final List<PersonalData> keepers;
    private final ForgetEvents forgetEvents;
    private final Outbox outbox;
    private final JdbcClient db;
    private final JdbcClient system;

    EraseContact(Contacts contacts, OwnData ownData, List<PersonalData> keepers, ForgetEvents forgetEvents, Outbox outbox,
            JdbcClient db, @Qualifier("system") JdbcClient system) {
        this.contacts = contacts;
        this.ownData = ownData;
        this.keepers = keepers;
        this.forgetEvents = forgetEvents;
        this.outbox = outbox;
        this.db = db;
        this.system = system;
    }

    /** Everything that is kept of the person, as it is kept. */
    @Transactional
    public Everything show(ContactId asked) {
        var person = person(contacts.survivor(asked));
        var kept = new LinkedHashMap<>(ownData.of(person));
        keepers.forEach(keeper -> kept.putAll(keeper.of(person)));
        var aggregates = new TreeSet<>(person.contacts());
        aggregates.addAll(person.absorbed());
        kept.values().forEach(rows -> rows.forEach(row -> {
            if (row.path("id").isString()) aggregates.add(UUID.fromString(row.path("id").asString()));
        }));
        return new Everything(person.contact(), now(), kept, forgetEvents.told(aggregates));
    }

    /** Nothing of the person is kept afterwards but that somebody was erased. */
    @Transactional
    public Erasure handle(ContactId asked) {
        var project = contact(contacts.survivor(asked)).project;
        contacts.lock(List.of(project));
        var whole = contacts.survivor(asked);
        var person = person(whole);
        contacts.findForUpdate(person.contacts().stream().map(ContactId::new).toList());
        var version = contact(whole).storedVersion;
        var removed = new PersonalData.Removed(Map.of(), new TreeSet<>(), 0);
        for (var keeper : keepers) removed = removed.and(keeper.erase(person));
        removed = removed.and(ownData.erase(person));
        var now = now();
        var id = Uuids.v7();
        outbox.append(List.of(new NewEvent(new ContactErased(whole.value(), id), "contact", whole.value(), version + 1,
                Optional.of(project), now, Cause.current())));
        var rows = new TreeMap<>(removed.rows());
        forgetEvents.of(id, removed.aggregates()).forEach((table, count) -> rows.merge(table, count, Long::sum));
        rows.values().removeIf(count -> count == 0);
        var by = Cause.current().actor();
        db.sql("""
                insert into contact_erasure (tenant_id, id, project_id, contact_id, removed, files, actor_kind, actor_id, erased_at, sweep_at)
                values (:tenant, :id, :project, :contact, :removed::jsonb, :files, :actorKind, :actor, :now, :now)
                """)
                .param("tenant", Tenancy.current().value()).param("id", id).param("project", project.value())
                .param("contact", whole.value()).param("removed", JSON.writeValueAsString(rows)).param("files", removed.files())
                .param("actorKind", by.kind().name()).param("actor", by.id()).param("now", now.atOffset(ZoneOffset.UTC)).update();
        return new Erasure(id, whole.value(), now, new Actor(by.kind().name().toLowerCase(Locale.ROOT), by.id()), rows, removed.files());
    }

    /** Across tenants: whose copies are to be looked for now. */
    public List<Due> due(Instant now) {
        return system.sql("select tenant_id, id from contact_erasure where sweep_at <= :now order by sweep_at limit :limit")
                .param("now", now.atOffset(ZoneOffset.UTC)).param("limit", DUE_AT_ONCE)
                .query((row, _) -> new Due(new TenantId(row.getObject("tenant_id", UUID.class)), row.getObject("id", UUID.class))).list();
    }

    /** Looks for copies that were made while the person was erased. */
    @Transactional
    public void sweep(UUID id) {
        var sweeps = db.sql("select sweeps from contact_erasure where id = :id and sweep_at is not null for update").param("id", id)
                .query(Integer.class).optional();
        if (sweeps.isEmpty()) return;
        forgetEvents.again(id);
        var next = sweeps.get() < SWEEPS.size() ? now().plus(SWEEPS.get(sweeps.get())).atOffset(ZoneOffset.UTC) : null;
        db.sql("update contact_erasure set sweeps = sweeps + 1, sweep_at = :next where id = :id").param("next", next).param("id", id).update();
    }

    /** The newest first. */
    @Transactional(readOnly = true)
    public List<Erasure> list(Paging paging) {
        var params = new HashMap<String, Object>();
        var where = "";
        if (paging.after().isPresent()) {
            where = " where (erased_at, id) < (:afterTime::timestamptz, :afterId)";
            params.put("afterTime", paging.after().get().instant(0).toString());
            params.put("afterId", paging.after().get().uuid(1));
        }
        return db.sql("select * from contact_erasure" + where + " order by erased_at desc, id desc limit :limit").params(params)
                .param("limit", paging.fetch()).query((row, _) -> erasure(row)).list();
    }

    @Transactional(readOnly = true)
    public Optional<Erasure> find(UUID id) {
        return db.sql("select * from contact_erasure where id = :id").param("id", id).query((row, _) -> erasure(row)).optional();
    }

    private Person person(ContactId whole) {
        var all = new HashSet<>(contacts.parts(whole));
        all.add(whole);
        var found = contacts.find(List.of(), all);
        if (found.isEmpty()) throw Refusal.notFound("contact");
        var absorbed = db.sql("select absorbed_id from contact_merge where survivor_id = any (:ids)")
                .param("ids", all.stream().map(ContactId::value).toArray(UUID[]::new)).query(UUID.class).list();
        return new Person(whole.value(), new TreeSet<>(all.stream().map(ContactId::value).toList()), new TreeSet<>(absorbed),
                found.stream().flatMap(contact -> contact.identities().stream()).toList());
    }

    private Contact contact(ContactId id) {
        return contacts.find(List.of(), List.of(id)).stream().findFirst().orElseThrow(() -> Refusal.notFound("contact"));
    }

    private static Erasure erasure(ResultSet row) throws SQLException {
        return new Erasure(row.getObject("id", UUID.class), row.getObject("contact_id", UUID.class),
                row.getObject("erased_at", OffsetDateTime.class).toInstant(),
                new Actor(row.getString("actor_kind").toLowerCase(Locale.ROOT), row.getString("actor_id")),
                JSON.readValue(row.getString("removed"), new TypeReference<TreeMap<String, Long>>() {}), row.getInt("files"));
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}

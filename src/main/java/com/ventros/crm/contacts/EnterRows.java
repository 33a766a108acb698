package com.ventros.crm.contacts;

import com.ventros.crm.billing.Limit;
import com.ventros.crm.billing.Limits;
import com.ventros.crm.contacts.ContactImports.Outcome;
import com.ventros.crm.contacts.ContactImports.Result;
import com.ventros.crm.contacts.ContactImports.Row;
import com.ventros.crm.contacts.ContactImports.Why;
import com.ventros.crm.contacts.Contacts.Key;
import com.ventros.crm.contacts.FieldValues.Setting;
import com.ventros.crm.contacts.ImportColumns.Said;
import com.ventros.crm.contacts.Tags.Tagging;
import com.ventros.crm.events.Cause;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.specifications.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Rows of a file become contacts: whom nobody knows is entered, who is known is changed in what the row says and leaves no
 * doubt about. So the same file changes nothing the second time. However many rows there are, the number of statements is the same.
 */
@Component
class EnterRows {

    /** What rows would do, with nothing written yet. */
    record Planned(List<Result> results, Set<Contact> changed, List<Tagging> tags, List<Setting> settings, List<Setting> added) {}

    private final Contacts contacts;
    private final Tags tags;
    private final FieldValues values;
    private final ContactImports imports;
    private final JdbcClient db;
    private final Limits limits;

    EnterRows(Contacts contacts, Tags tags, FieldValues values, ContactImports imports, JdbcClient db, Limits limits) {
        this.contacts = contacts;
        this.tags = tags;
        this.values = values;
        this.imports = imports;
        this.db = db;
        this.limits = limits;
    }

    /** Decides of each row, in their order, what becomes of it. Those whom they are about are locked until the commit. */
    Planned plan(ContactImport from, ImportColumns columns, String region, List<Row> rows, Instant now) {
        var read = new LinkedHashMap<Row, Said>();
        var refused = new HashMap<Row, Why>();
        for (var row : rows) {
            try {
                read.put(row, columns.read(row.cells(), region));
            } catch (Refusal wrong) {
                refused.put(row, why(wrong));
            }
        }
        var plan = load(from, columns, read.values(), now);
        return plan.of(rows, read, refused);
    }

    /** Writes what was planned. */
    void write(Planned planned, ContactImport from, Instant now) {
        if (!planned.changed().isEmpty()) {
            var cause = Cause.current();
            contacts.save(planned.changed(), Map.of(), now, _ -> cause);
            values.write(planned.settings());
            values.add(planned.added());
            tags.putAll(from.project, planned.tags());
        }
        imports.results(from.id, planned.results());
    }

    static Why why(Refusal wrong) {
        if (wrong.errors().isEmpty() || wrong.kind() == Refusal.Kind.CONFLICT) return new Why(null, wrong.code(), wrong.getMessage());
        var first = wrong.errors().getFirst();
        return new Why(first.field().replaceFirst("^fields\\.", ImportColumns.CUSTOM), first.code(), first.detail());
    }

    private Plan load(ContactImport from, ImportColumns columns, Collection<Said> said, Instant now) {
        var keys = new HashSet<Key>();
        var ids = new HashSet<ContactId>();
        for (var one : said) {
            one.identities().forEach(identity -> keys.add(new Key(from.project, identity)));
            one.id().map(ContactId::new).ifPresent(ids::add);
        }
        // An id may be of somebody who turned out to be somebody else, or whom people merged into another.
        var shown = new HashMap<UUID, ContactId>();
        db.sql("""
                select w.id, c.whole_id from unnest(:ids::uuid[]) w (id) left join contact_merge m on m.absorbed_id = w.id
                  join contact c on c.id = case when m.survivor_id is null then w.id else m.survivor_id end and c.project_id = :project
                """)
                .param("ids", ids.stream().map(ContactId::value).toArray(UUID[]::new)).param("project", from.project.value())
                .query(row -> {
                    shown.put(row.getObject("id", UUID.class), new ContactId(row.getObject("whole_id", UUID.class)));
                });
        var holders = contacts.find(keys, List.of());
        var wholes = new HashSet<>(shown.values());
        holders.forEach(holder -> wholes.add(whole(holder)));
        var present = new HashMap<ContactId, Contact>();
        if (!wholes.isEmpty()) contacts.findForUpdate(wholes).forEach(contact -> present.put(contact.id, contact));
        var plan = new Plan(from, columns, now, limits.room(Limit.CONTACTS), wholes.isEmpty() ? Map.of() : tags.own(wholes),
                wholes.isEmpty() ? Map.of() : tags.lent(wholes), wholes.isEmpty() ? Map.of() : values.own(wholes), wholes.isEmpty() ? Set.of() : imports.concerned(from.id, wholes),
                imports.deletedByUndo(present.values().stream().filter(Contact::isDeleted).map(contact -> contact.id).toList()));
        shown.forEach((id, whole) -> plan.byId.put(id, present.get(whole)));
        holders.forEach(holder -> holder.identities().forEach(identity -> plan.holders.put(identity, present.get(whole(holder)))));
        return plan;
    }

    private static ContactId whole(Contact contact) {
        return contact.part().map(Contact.Part::of).orElse(contact.id);
    }

    /** What is known while rows are decided upon, one after the other. */
    private static final class Plan {
        final Map<UUID, Contact> byId = new HashMap<>();
        final Map<Identity, Contact> holders = new HashMap<>();
        private final ContactImport from;
        private final ImportColumns columns;
        private final Instant now;
        private final Limits.Room room;
        private final Map<ContactId, Set<Tag>> tagsOf = new HashMap<>();
        /** Shown already: that they become the contact's own is no news. */
        private final Map<ContactId, Set<Tag>> lentTags;
        private final Map<ContactId, Map<UUID, List<Value>>> valuesOf = new HashMap<>();
        private final Set<ContactId> concerned;
        private final Set<ContactId> revivable;
        private final Planned planned = new Planned(new ArrayList<>(), new LinkedHashSet<>(), new ArrayList<>(),
                new ArrayList<>(), new ArrayList<>());

        Plan(ContactImport from, ImportColumns columns, Instant now, Limits.Room room, Map<ContactId, Set<Tag>> tags,
                Map<ContactId, Set<Tag>> lentTags, Map<ContactId, Map<UUID, List<Value>>> values, Set<ContactId> concerned, Set<ContactId> revivable) {
            this.from = from;
            this.columns = columns;
            this.now = now;
            this.room = room;
            this.tagsOf.putAll(tags);
            this.lentTags = lentTags;
            this.valuesOf.putAll(values);
            this.concerned = new HashSet<>(concerned);
            this.revivable = revivable;
        }

        Planned of(List<Row> rows, Map<Row, Said> read, Map<Row, Why> refused) {
            for (var row : rows) {
                try {
                    planned.results().add(refused.containsKey(row) ? refused(row, refused.get(row)) : decide(row, read.get(row)));
                } catch (Refusal wrong) {
                    planned.results().add(refused(row, why(wrong)));
                }
            }
            return planned;
        }

        private static Result refused(Row row, Why why) {
            return new Result(row.number(), Outcome.REFUSED, Optional.of(why), Optional.empty(), Optional.empty(), Optional.empty());
        }

        private Result decide(Row row, Said said) {
            var meant = new LinkedHashSet<Contact>();
            said.id().map(byId::get).ifPresent(meant::add);
            said.identities().stream().map(holders::get).filter(Objects::nonNull).forEach(meant::add);
            if (meant.size() > 1) {
                throw Refusal.conflict("contacts_several", "What stands here belongs to " + meant.size()
                        + " different contacts; merge them first.");
            }
            return meant.isEmpty() ? enter(row, said) : change(row, said, meant.getFirst());
        }

        private Result enter(Row row, Said said) {
            if (said.identities().isEmpty()) {
                throw Refusal.conflict("identity_missing",
                        "Nobody is here whose number, e-mail address or id this is, and without one nobody can be entered.");
            }
            columns.missing(said).ifPresent(field -> {
                throw Refusal.invalid("fields." + field.key, "required", "This field is required.");
            });
            room.take();
            var contact = Contact.entered(from.project, said.identities(), said.name().map(name -> ContactName.typed(name, now)),
                    said.language(), said.tags(), FieldValues.told(said.fields()), now);
            said.identities().forEach(identity -> holders.put(identity, contact));
            tag(contact, said.tags());
            set(contact, said.fields(), planned.added());
            return changed(row, Outcome.CREATED, contact, List.of());
        }

        private Result change(Row row, Said said, Contact contact) {
            if (contact.isDeleted() && !revivable.contains(contact.id)) {
                throw Contact.deleted();
            }
            var name = said.name().filter(text -> contact.name().filter(known -> known.text().equals(text) && !known.isLent()).isEmpty());
            var language = said.language().filter(spoken -> !contact.ownLanguage().equals(Optional.of(spoken)));
            var identities = new TreeSet<>(said.identities());
            identities.removeIf(holders::containsKey);
            var tags = new LinkedHashSet<>(said.tags());
            tags.removeAll(tagsOf.getOrDefault(contact.id, Set.of()));
            var fields = new HashMap<>(said.fields());
            fields.entrySet().removeIf(field -> field.getValue().equals(valueOf(contact, field.getKey())));
            if (name.isEmpty() && language.isEmpty() && identities.isEmpty() && tags.isEmpty() && fields.isEmpty() && !contact.isDeleted()) {
                concerned.add(contact.id);
                return new Result(row.number(), Outcome.UNCHANGED, Optional.empty(), Optional.of(contact.id), Optional.empty(), Optional.empty());
            }
            // Whoever is here twice would be changed to and fro each time that the file is read.
            if (concerned.contains(contact.id)) {
                throw Refusal.conflict("row_repeated", "A row above is about the same contact and says something else.");
            }
            if (!contact.hasRoomFor(identities.size())) {
                throw Refusal.conflict("identities_too_many", "The contact has too many addresses and ids.");
            }
            var changes = new ArrayList<Map<String, Object>>();
            if (contact.isDeleted()) {
                room.take();
                contact.restore();
                changes.add(Map.of("what", "restored"));
            }
            name.ifPresent(text -> {
                var before = contact.name();
                contact.call(ContactName.typed(text, now));
                changes.add(Changes.name(before, text));
            });
            language.ifPresent(spoken -> {
                changes.add(Changes.language(contact.ownLanguage(), spoken));
                contact.speak(Optional.of(spoken));
            });
            contact.link(identities);
            identities.forEach(identity -> {
                holders.put(identity, contact);
                changes.add(Changes.identity(identity));
            });
            tags.forEach(tag -> changes.add(Changes.tag(tag)));
            contact.tagged(tags.stream().filter(tag -> !lentTags.getOrDefault(contact.id, Set.of()).contains(tag)).sorted(Comparator.comparing(Tag::name)).toList());
            tag(contact, tags);
            fields.forEach((field, wanted) -> changes.add(Changes.field(field, valueOf(contact, field), wanted)));
            fields.entrySet().stream().sorted(Comparator.comparing(entry -> entry.getKey().key)).forEach(entry ->
                    contact.fieldSet(entry.getKey().id, entry.getKey().key, FieldValues.told(entry.getKey(), entry.getValue())));
            set(contact, fields, planned.settings());
            return changed(row, Outcome.UPDATED, contact, changes);
        }

        private Result changed(Row row, Outcome outcome, Contact contact, List<Map<String, Object>> changes) {
            concerned.add(contact.id);
            planned.changed().add(contact);
            return new Result(row.number(), outcome, Optional.empty(), Optional.of(contact.id), Optional.of(contact.version()),
                    Optional.of(changes));
        }

        private void tag(Contact contact, Set<Tag> added) {
            tagsOf.computeIfAbsent(contact.id, _ -> new HashSet<>()).addAll(added);
            added.forEach(tag -> planned.tags().add(new Tagging(contact.id, tag)));
        }

        private void set(Contact contact, Map<CustomField, List<Value>> fields, List<Setting> settings) {
            fields.forEach((field, wanted) -> {
                valuesOf.computeIfAbsent(contact.id, _ -> new HashMap<>()).put(field.id, wanted);
                settings.add(new Setting(contact.id, field, wanted));
            });
        }

        private List<Value> valueOf(Contact contact, CustomField field) {
            return valuesOf.getOrDefault(contact.id, Map.of()).getOrDefault(field.id, List.of());
        }
    }
}

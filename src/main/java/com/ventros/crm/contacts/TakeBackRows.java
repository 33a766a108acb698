package com.ventros.crm.contacts;

import com.ventros.crm.contacts.ContactImport.TakenBack;
import com.ventros.crm.contacts.ContactImports.Changed;
import com.ventros.crm.contacts.ContactImports.Outcome;
import com.ventros.crm.contacts.ContactImports.Undone;
import com.ventros.crm.contacts.FieldValues.Setting;
import com.ventros.crm.contacts.Tags.Tagging;
import com.ventros.crm.events.Cause;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.specifications.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * What rows of an import changed is taken back: contacts that they entered and nobody has touched since are deleted, values that
 * are still theirs become what they were. Whatever somebody did since stays, and is named.
 */
@Component
class TakeBackRows {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Contacts contacts;
    private final Tags tags;
    private final FieldValues values;
    private final CustomFields fields;
    private final ContactImports imports;
    private final List<ContactReferences> references;
    private final JdbcClient db;

    TakeBackRows(Contacts contacts, Tags tags, FieldValues values, CustomFields fields, ContactImports imports,
            List<ContactReferences> references, JdbcClient db) {
        this.contacts = contacts;
        this.tags = tags;
        this.values = values;
        this.fields = fields;
        this.imports = imports;
        this.references = references;
        this.db = db;
    }

    TakenBack handle(ContactImport from, List<Changed> rows, String region, Instant now) {
        if (rows.isEmpty()) return TakenBack.NONE;
        var ids = rows.stream().flatMap(row -> row.contact().stream()).collect(Collectors.toSet());
        var present = contacts.findForUpdate(ids).stream().collect(Collectors.toMap(contact -> contact.id, Function.identity()));
        var work = new Work(present, tags.own(ids), values.own(ids), touched(ids), fields.held(from.project).stream()
                .collect(Collectors.toMap(field -> field.id, Function.identity())), region, now);
        var undone = rows.stream().map(work::takeBack).toList();
        var cause = Cause.current();
        if (!work.changed.isEmpty()) contacts.save(work.changed, Map.of(), now, _ -> cause);
        values.write(work.settings);
        tags.takeAll(work.untagged);
        imports.undone(from.id, undone);
        return new TakenBack(count(undone, "DELETED"), count(undone, "RESTORED"), count(undone, "LEFT"));
    }

    private static int count(List<Undone> undone, String outcome) {
        return (int) undone.stream().filter(one -> one.outcome().equals(outcome)).count();
    }

    /** Those with whom somebody has spoken, or dealt, or of whom somebody wrote something down. */
    private Set<ContactId> touched(Set<ContactId> ids) {
        if (ids.isEmpty()) return Set.of();
        var touched = new HashSet<>(db.sql("""
                select contact_id from note where contact_id = any (:ids)
                union
                select m.contact_id from contact_list_member m join contact_list l on l.id = m.list_id
                 where m.contact_id = any (:ids) and l.filter is null
                """).param("ids", ids.stream().map(ContactId::value).toArray(UUID[]::new))
                .query((row, _) -> new ContactId(row.getObject(1, UUID.class))).list());
        references.forEach(one -> touched.addAll(one.known(ids)));
        return touched;
    }

    private static final class Work {
        final Set<Contact> changed = new LinkedHashSet<>();
        final List<Setting> settings = new ArrayList<>();
        final List<Tagging> untagged = new ArrayList<>();
        private final Map<ContactId, Contact> present;
        private final Map<ContactId, Set<Tag>> tagsOf;
        private final Map<ContactId, Map<UUID, List<Value>>> valuesOf;
        private final Set<ContactId> touched;
        private final Map<UUID, CustomField> fields;
        private final String region;
        private final Instant now;

        Work(Map<ContactId, Contact> present, Map<ContactId, Set<Tag>> tagsOf, Map<ContactId, Map<UUID, List<Value>>> valuesOf,
                Set<ContactId> touched, Map<UUID, CustomField> fields, String region, Instant now) {
            this.present = present;
            this.tagsOf = tagsOf;
            this.valuesOf = valuesOf;
            this.touched = touched;
            this.fields = fields;
            this.region = region;
            this.now = now;
        }

        Undone takeBack(Changed row) {
            var found = row.contact().map(present::get);
            if (found.isEmpty() || found.get().isDeleted() || found.get().part().isPresent()) return left(row, List.of("contact"));
            var contact = found.get();
            boolean asItWas = contact.storedVersion == row.version() && !touched.contains(contact.id);
            if (row.outcome() == Outcome.CREATED) {
                if (!asItWas) return left(row, List.of("contact"));
                contact.delete(now);
                changed.add(contact);
                return new Undone(row.number(), "DELETED", List.of());
            }
            var left = new ArrayList<String>();
            boolean revived = false;
            for (var change : row.changes()) {
                switch ((String) change.get(Changes.WHAT)) {
                    case "name" -> name(contact, change, left);
                    case "language" -> language(contact, change, left);
                    case "identity" -> identity(contact, change, left);
                    case "tag" -> tag(contact, change, left);
                    case "field" -> field(contact, change, left);
                    default -> revived = true;
                }
            }
            if (revived && asItWas) contact.delete(now);
            else if (revived) left.add("contact");
            if (left.size() < row.changes().size()) changed.add(contact);
            return left.isEmpty() ? new Undone(row.number(), "RESTORED", List.of()) : left(row, left);
        }

        private static Undone left(Changed row, List<String> what) {
            return new Undone(row.number(), "LEFT", what);
        }

        private void name(Contact contact, Map<String, Object> change, List<String> left) {
            var still = contact.name().filter(known -> known.by() == ContactName.SetBy.PERSON && known.text().equals(change.get(Changes.AFTER)));
            if (still.isPresent()) contact.callAsBefore(Changes.nameBefore(change));
            else left.add(ImportColumns.NAME);
        }

        private void language(Contact contact, Map<String, Object> change, List<String> left) {
            if (contact.ownLanguage().map(Language::tag).filter(change.get(Changes.AFTER)::equals).isEmpty()) left.add(ImportColumns.LANGUAGE);
            else contact.speak(Optional.ofNullable((String) change.get(Changes.BEFORE)).map(Language::new));
        }

        /** Whoever has written since may have done so under this very number. */
        private void identity(Contact contact, Map<String, Object> change, List<String> left) {
            var added = new Identity(Identity.Kind.valueOf((String) change.get("kind")), (String) change.get(Changes.AFTER));
            if (contact.identities().contains(added) && !(added.isOnWhatsApp() && touched.contains(contact.id))) contact.withdraw(added);
            else left.add(added.value());
        }

        private void tag(Contact contact, Map<String, Object> change, List<String> left) {
            var tag = new Tag((String) change.get(Changes.AFTER));
            if (!tagsOf.getOrDefault(contact.id, Set.of()).contains(tag)) {
                left.add(ImportColumns.TAGS);
                return;
            }
            contact.untagged(List.of(tag));
            untagged.add(new Tagging(contact.id, tag));
        }

        private void field(Contact contact, Map<String, Object> change, List<String> left) {
            var field = fields.get(UUID.fromString((String) change.get("field")));
            var present = valuesOf.getOrDefault(contact.id, Map.of()).getOrDefault(field.id, List.of());
            try {
                var before = change.containsKey(Changes.BEFORE)
                        ? FieldValue.read(field, JSON.valueToTree(change.get(Changes.BEFORE)), region) : List.<Value>of();
                if (present.equals(FieldValue.read(field, JSON.valueToTree(change.get(Changes.AFTER)), region))) {
                    contact.fieldSet(field.id, field.key, FieldValues.told(field, before));
                    settings.add(new Setting(contact.id, field, before));
                    return;
                }
            } catch (Refusal noLongerAValue) {
                // an option that was taken out of the field since: what is there now was said since
            }
            left.add(ImportColumns.CUSTOM + field.key);
        }
    }
}

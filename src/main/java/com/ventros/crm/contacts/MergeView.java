package com.ventros.crm.contacts;

import com.ventros.crm.kernel.Refusal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;

/** What merging two contacts would do, and which merges of people can be taken back. */
@Component
@Transactional(readOnly = true)
public class MergeView {

    /** {@code keeps} is {@code contact} or {@code other}: whose is shown; {@code null} when neither has any. */
    public record Choice(Optional<String> contact, Optional<String> other, Optional<String> keeps) {}

    /** Of a custom field that at least one of the two has a value of. */
    public record FieldChoice(String key, Optional<JsonNode> contact, Optional<JsonNode> other, String keeps, boolean conflict) {}

    /** {@code coming} are the other's alone, {@code both} carry the rest of its tags already. */
    public record TagChoice(List<String> coming, List<String> both) {}

    /**
     * What a merge would do.
     *
     * @param identities what messages and people know the other by, and the contact from then on
     * @param brings     how many notes, chats, sessions and deals of the other come along, by what they are
     * @param conflicts  what both have and differ in, so that the other's is not shown: {@code name}, {@code language},
     *                   {@code fields.<key>}
     */
    public record Preview(UUID contactId, UUID otherId, Choice name, Choice language,
            List<ContactView.ShownIdentity> identities, TagChoice tags, List<FieldChoice> fields, Map<String, Long> brings,
            List<String> conflicts) {}

    /** A contact that people merged into another. */
    public record Merge(UUID contactId, Optional<String> name, List<ContactView.ShownIdentity> identities, Instant mergedAt) {}

    private static final String CONTACT = "contact";
    private static final String OTHER = "other";

    private final JdbcClient db;
    private final ContactView contacts;
    private final List<ContactReferences> references;

    MergeView(JdbcClient db, ContactView contacts, List<ContactReferences> references) {
        this.db = db;
        this.contacts = contacts;
        this.references = references;
    }

    /** What merging {@code otherId} into {@code into} would do. */
    public Preview preview(ContactId into, ContactId otherId) {
        var contact = contacts.find(into).orElseThrow(() -> Refusal.notFound("contact"));
        var other = contacts.find(otherId)
                .orElseThrow(() -> Refusal.invalid("contactId", "unknown", "There is no such contact."));
        if (contact.id().equals(other.id())) throw Refusal.conflict("same_contact", "The two are one contact already.");
        if (contact.deletedAt().or(other::deletedAt).isPresent()) throw Contact.deleted();
        var name = choice(contact.name(), other.name());
        var language = choice(contact.language(), other.language());
        var fields = fields(contact.fields(), other.fields());
        var conflicts = new ArrayList<String>();
        if (differ(name)) conflicts.add("name");
        if (differ(language)) conflicts.add("language");
        fields.stream().filter(FieldChoice::conflict).forEach(field -> conflicts.add("fields." + field.key()));
        var brings = new TreeMap<String, Long>();
        references.forEach(one -> brings.putAll(one.held(new ContactId(other.id()))));
        return new Preview(contact.id(), other.id(), name, language, other.identities(),
                new TagChoice(other.tags().stream().filter(tag -> !contact.tags().contains(tag)).toList(),
                        other.tags().stream().filter(contact.tags()::contains).toList()),
                fields, brings, conflicts);
    }

    /** The contacts that people merged into this one, the first merged first. */
    public List<Merge> of(ContactId contact) {
        return db.sql("select id, part_since from contact where part_of = :whole order by part_since, id")
                .param("whole", contact.value())
                .query((row, _) -> Map.entry(row.getObject("id", UUID.class),
                        row.getObject("part_since", OffsetDateTime.class).toInstant())).list().stream()
                .map(one -> {
                    var part = contacts.itself(new ContactId(one.getKey()));
                    return new Merge(one.getKey(), part.name(), part.identities(), one.getValue());
                }).toList();
    }

    private static Choice choice(Optional<String> contact, Optional<String> other) {
        return new Choice(contact, other, contact.isPresent() ? Optional.of(CONTACT)
                : other.isPresent() ? Optional.of(OTHER) : Optional.empty());
    }

    private static boolean differ(Choice choice) {
        return choice.contact().isPresent() && choice.other().isPresent() && !choice.contact().equals(choice.other());
    }

    private static List<FieldChoice> fields(JsonNode contact, JsonNode other) {
        var keys = new TreeMap<String, FieldChoice>();
        contact.propertyNames().forEach(key -> keys.put(key, field(key, contact, other)));
        other.propertyNames().forEach(key -> keys.put(key, field(key, contact, other)));
        return List.copyOf(keys.values());
    }

    private static FieldChoice field(String key, JsonNode contact, JsonNode other) {
        var own = Optional.ofNullable(contact.get(key));
        var theirs = Optional.ofNullable(other.get(key));
        return new FieldChoice(key, own, theirs, own.isPresent() ? CONTACT : OTHER,
                own.isPresent() && theirs.isPresent() && !Objects.equals(own, theirs));
    }
}

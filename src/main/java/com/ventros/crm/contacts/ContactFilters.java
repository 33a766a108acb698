package com.ventros.crm.contacts;

import com.ventros.crm.kernel.EmailAddress;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Text;
import com.ventros.crm.specifications.Field;
import com.ventros.crm.specifications.KnownFacts;
import com.ventros.crm.specifications.Now;
import com.ventros.crm.specifications.Specification;
import com.ventros.crm.specifications.SpecificationReader;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;

/** What can be asked of a project's contacts, and whether one meets it. */
@Component
@Transactional(readOnly = true)
public class ContactFilters {

    /** What callers write before the key of a custom field. */
    private static final String CUSTOM = "custom.";

    private final JdbcClient db;
    private final Projects projects;
    private final CustomFields customFields;
    private final List<ContactFieldSource> sources;

    ContactFilters(JdbcClient db, Projects projects, CustomFields customFields, List<ContactFieldSource> sources) {
        this.db = db;
        this.projects = projects;
        this.customFields = customFields;
        this.sources = sources;
    }

    /** The filter that a caller wrote; refused, with the place, where it is none. */
    public Specification read(ProjectId project, JsonNode json) {
        var fields = fields(project);
        return SpecificationReader.read(json, "filter", name -> Optional.ofNullable(fields.get(name)));
    }

    /** A filter that was read before; empty while a custom field that it asks for is archived. */
    Optional<Specification> again(ProjectId project, JsonNode json) {
        // Caught within: thrown out of here, a refusal would undo whatever the asker does in the same transaction.
        try {
            return Optional.of(read(project, json));
        } catch (Refusal noLongerAFilter) {
            return Optional.empty();
        }
    }

    /** Whether the contact meets the filter now; a {@link Refusal} when there is no such contact. */
    public boolean accepts(ContactId contact, JsonNode filter) {
        var project = db.sql("select project_id from contact where id = :id").param("id", contact.value())
                .query(UUID.class).optional().map(ProjectId::new)
                .orElseThrow(() -> Refusal.notFound("contact"));
        var specification = read(project, filter);
        return accepts(contact, specification, now(project));
    }

    /** Whether other contacts meet it later without any event that tells of them. */
    boolean moves(Specification specification) {
        return specification.movesWithTime() || specification.fields().stream().anyMatch(field ->
                sources.stream().anyMatch(source -> source.untold().contains(field.name())));
    }

    boolean accepts(ContactId contact, Specification specification, Now now) {
        var known = new KnownFacts(specification.fields());
        return db.sql("select c.id" + known.columns() + " from contact c where c.id = :id")
                .params(known.params()).param("id", contact.value())
                .query((row, _) -> known.read(row)).optional()
                .filter(facts -> specification.accepts(facts, now)).isPresent();
    }

    /** The time, where the project is. */
    public Now now(ProjectId project) {
        return new Now(Instant.now(), ZoneId.of(db.sql("select time_zone from project where id = :id")
                .param("id", project.value()).query(String.class).single()));
    }

    private Map<String, Field> fields(ProjectId project) {
        var fields = new HashMap<String, Field>();
        var region = projects.orOnly(Optional.of(project)).country();
        for (var source : sources) source.contactFields(region).forEach(field -> fields.put(field.name(), field));
        for (var custom : customFields.of(project)) {
            if (custom.archivedAt().isPresent()) continue;
            var kind = custom.type.kind;
            fields.put(CUSTOM + custom.key, new Field(CUSTOM + custom.key, kind, "v." + column(kind), Optional.empty(),
                    Optional.of("v.document_hash").filter(_ -> kind == Field.Kind.DOCUMENT),
                    Optional.of("custom_field_value v where v.contact_id = c.id and v.field_id = :argument"),
                    Optional.of(custom.id), text -> kept(custom.type, text, region), Map.of()));
        }
        return fields;
    }

    private static String kept(CustomField.Type type, String text, String region) {
        return switch (type) {
            case EMAIL -> EmailAddress.canonical(text);
            case PHONE -> OwnFields.phone(text, region);
            case TEXT -> Text.oneForm(text.strip());
            default -> text.strip();
        };
    }

    private static String column(Field.Kind kind) {
        return switch (kind) {
            case TEXT, DATE -> "words";
            case NUMBER -> "amount";
            case TIME -> "moment";
            case TRUTH -> "truth";
            case DOCUMENT -> "document";
        };
    }
}

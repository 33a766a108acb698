package com.ventros.crm.contacts;

import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Text;
import com.ventros.crm.specifications.Folding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who already has a number, an address or an id, each of which is one contact's within a project; and who has the same name, as many may. */
@Component
@Transactional(readOnly = true)
public class ContactDuplicates {

    /**
     * A contact that has what was asked for.
     *
     * @param kind {@code phone}, {@code email} or {@code external}: what they have in common; or {@code name}, which two people may have
     */
    public record Duplicate(UUID contactId, Optional<String> name, String kind, String value, boolean deleted) {}

    /** Enough for somebody to see whether it is one of these. */
    private static final int MOST_NAMESAKES = 10;

    private final JdbcClient db;
    private final Projects projects;

    ContactDuplicates(JdbcClient db, Projects projects) {
        this.db = db;
        this.projects = projects;
    }

    /** Whoever has any of these: a number in either of its spellings, a name whatever its capitals and accents. */
    public List<Duplicate> of(Optional<ProjectId> wanted, TypedIdentities typed, Optional<String> name) {
        var project = projects.orOnly(wanted);
        var found = new ArrayList<>(find(project.id(), typed.read(project.country())));
        name.map(text -> Folding.fold(Text.storable(text).strip())).filter(text -> !text.isEmpty())
                .ifPresent(text -> found.addAll(namesakes(project.id(), text)));
        return found;
    }

    /** Read along the index of names, in which the deleted are not. */
    private List<Duplicate> namesakes(ProjectId project, String folded) {
        return db.sql("""
                select id, name from contact
                 where project_id = :project and sort_name = :name and deleted_at is null and part_of is null order by id limit :most
                """)
                .param("project", project.value()).param("name", folded).param("most", MOST_NAMESAKES)
                .query((row, _) -> new Duplicate(row.getObject("id", UUID.class), Optional.of(row.getString("name")), "name",
                        row.getString("name"), false)).list();
    }

    /** Refuses, with whose it is, when somebody has any of these. */
    void mustBeNobodys(ProjectId project, Collection<Identity> identities) {
        mustBeNobodys(project, identities, ContactDuplicates::field);
    }

    /** The same of one that a request names in this field. */
    void mustBeNobodys(ProjectId project, Identity identity, String field) {
        mustBeNobodys(project, List.of(identity), _ -> field);
    }

    private void mustBeNobodys(ProjectId project, Collection<Identity> identities, UnaryOperator<String> field) {
        var taken = find(project, identities);
        if (taken.isEmpty()) return;
        throw new Refusal(Refusal.Kind.CONFLICT, "contact_duplicate", "There is a contact with this already.",
                taken.stream().map(one -> new Refusal.FieldError(field.apply(one.kind()), "taken", "%s belongs to %scontact %s."
                        .formatted(one.value(), one.deleted() ? "the deleted " : "", one.contactId()))).toList());
    }

    private List<Duplicate> find(ProjectId project, Collection<Identity> identities) {
        return db.sql("""
                select c.id as contact_id, c.name, lower(i.kind) as kind, i.value, c.deleted_at is not null as deleted
                  from unnest(:kinds::text[], :values::text[]) w (kind, value)
                  join contact_identity i on i.project_id = :project and i.kind = w.kind and i.value = w.value
                  join contact k on k.id = i.contact_id
                  join contact c on c.id = k.whole_id
                 order by i.kind, i.value
                """)
                .param("project", project.value())
                .param("kinds", identities.stream().map(one -> one.kind().name()).toArray(String[]::new))
                .param("values", identities.stream().map(Identity::value).toArray(String[]::new))
                .query((row, _) -> new Duplicate(row.getObject("contact_id", UUID.class),
                        Optional.ofNullable(row.getString("name")), row.getString("kind").toLowerCase(Locale.ROOT),
                        row.getString("value"), row.getBoolean("deleted"))).list();
    }

    private static String field(String kind) {
        return switch (kind) {
            case "phone" -> "phones";
            case "email" -> "emails";
            default -> "externalIds";
        };
    }
}

package com.ventros.crm.contacts;

import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Uuids;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A person says what the project wants to know of its contacts. */
@Component
public class DefineCustomFields {

    /** {@code currency} is for money only, {@code options} for choices only. */
    public record New(Optional<ProjectId> project, String key, String label, String type, List<String> options,
            Optional<String> currency, boolean required) {}

    /** What to change; what is empty stays. */
    public record Change(UUID field, Optional<String> label, Optional<List<String>> options, Optional<Boolean> required,
            Optional<Boolean> archived) {}

    /** A field as a screen shows it. */
    public record Shown(UUID id, UUID projectId, String key, String label, String type, List<String> options,
            Optional<String> currency, boolean required, boolean archived, long version) {}

    /** More than any form has; each is looked at whenever values are set. */
    private static final int MOST_FIELDS = 200;

    private final CustomFields fields;
    private final FieldValues values;
    private final Projects projects;

    DefineCustomFields(CustomFields fields, FieldValues values, Projects projects) {
        this.fields = fields;
        this.values = values;
        this.projects = projects;
    }

    @Transactional(readOnly = true)
    public List<Shown> list(Optional<ProjectId> project) {
        return fields.of(projects.orOnly(project).id()).stream().map(DefineCustomFields::shown).toList();
    }

    @Transactional
    public Shown define(New wanted) {
        var project = projects.orOnly(wanted.project()).id();
        var known = fields.of(project);
        if (known.size() >= MOST_FIELDS) {
            throw Refusal.conflict("custom_fields_too_many", "A project has at most " + MOST_FIELDS + " fields.");
        }
        var field = CustomField.define(Uuids.v7(), project, wanted.key(), CustomField.Type.typed(wanted.type()),
                wanted.currency(), wanted.label(), wanted.options(), wanted.required(), now());
        fields.add(field);
        return shown(field.id);
    }

    /** {@code version} refuses unless it is the one that the person had before their eyes. */
    @Transactional
    public Shown change(Change wanted, LongConsumer version) {
        var field = fields.findForUpdate(wanted.field()).orElseThrow(() -> Refusal.notFound("custom_field"));
        version.accept(field.storedVersion);
        var gone = new HashSet<>(field.options());
        field.change(wanted.label(), wanted.options(), wanted.required());
        field.options().forEach(gone::remove);
        if (values.isAnyChosen(field.id, gone)) {
            throw Refusal.conflict("option_in_use", "A contact has an option that would no longer be one.");
        }
        wanted.archived().ifPresent(archived -> field.archive(archived, now()));
        fields.save(field, now());
        return shown(field.id);
    }

    private Shown shown(UUID id) {
        return shown(fields.findForUpdate(id).orElseThrow());
    }

    private static Shown shown(CustomField field) {
        return new Shown(field.id, field.project.value(), field.key, field.label(), field.type.code(), field.options(),
                field.currency.map(Currency::getCurrencyCode), field.required(), field.archivedAt().isPresent(),
                field.storedVersion);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}

package com.ventros.crm.contacts;

import com.ventros.crm.contacts.CustomFieldEvent.CustomFieldArchived;
import com.ventros.crm.contacts.CustomFieldEvent.CustomFieldCreated;
import com.ventros.crm.contacts.CustomFieldEvent.CustomFieldRestored;
import com.ventros.crm.contacts.CustomFieldEvent.CustomFieldUpdated;
import com.ventros.crm.kernel.Aggregate;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Text;
import com.ventros.crm.specifications.Field;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Something that a project wants to know of its contacts, and which values it takes. Key and type stay as they are. */
final class CustomField extends Aggregate<CustomFieldEvent> {

    /** What values a field takes, and as what they can be asked for. */
    enum Type {
        TEXT(Field.Kind.TEXT), NUMBER(Field.Kind.NUMBER), MONEY(Field.Kind.NUMBER), BOOLEAN(Field.Kind.TRUTH),
        DATE(Field.Kind.DATE), DATE_TIME(Field.Kind.TIME), SELECT(Field.Kind.TEXT), MULTI_SELECT(Field.Kind.TEXT),
        URL(Field.Kind.TEXT), EMAIL(Field.Kind.TEXT), PHONE(Field.Kind.TEXT),
        JSON(Field.Kind.DOCUMENT);

        final Field.Kind kind;

        Type(Field.Kind kind) {
            this.kind = kind;
        }

        boolean hasOptions() {
            return this == SELECT || this == MULTI_SELECT;
        }

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Type typed(String code) {
            for (var type : values()) {
                if (type.code().equals(code)) return type;
            }
            throw Refusal.invalid("type", "invalid", "There is no such type of field.");
        }
    }

    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_]{0,39}");
    private static final int LONGEST_LABEL = 100;
    /** More than a person picks from. */
    private static final int MOST_OPTIONS = 200;

    final UUID id;
    final ProjectId project;
    final String key;
    final Type type;
    final Optional<Currency> currency;
    final Instant createdAt;
    private String label;
    private List<String> options;
    private boolean required;
    private Optional<Instant> archivedAt;
    /** Version of the row as it was read; 0 for a field that has none yet. */
    final long storedVersion;

    CustomField(UUID id, ProjectId project, String key, Type type, Optional<Currency> currency, String label,
            List<String> options, boolean required, Optional<Instant> archivedAt, Instant createdAt, long storedVersion) {
        this.id = id;
        this.project = project;
        this.key = key;
        this.type = type;
        this.currency = currency;
        this.label = label;
        this.options = List.copyOf(options);
        this.required = required;
        this.archivedAt = archivedAt;
        this.createdAt = createdAt;
        this.storedVersion = storedVersion;
    }

    /** One more thing to know. */
    static CustomField define(UUID id, ProjectId project, String key, Type type, Optional<String> currency, String label,
            List<String> options, boolean required, Instant now) {
        if (key == null || !KEY.matcher(key).matches()) {
            throw Refusal.invalid("key", "invalid", "A key is up to 40 small letters, digits and _, with a letter first.");
        }
        if ((type == Type.MONEY) != currency.isPresent()) {
            throw Refusal.invalid("currency", "invalid", "Money, and only money, has a currency.");
        }
        var field = new CustomField(id, project, key, type, currency.map(CustomField::currency), label(label),
                options(type, options), required, Optional.empty(), now, 0);
        field.raise(new CustomFieldCreated(id, key, field.label, type.code(), field.options, currency, required));
        return field;
    }

    /** Other words, choices or duty; which choices may go is for whoever knows the values to say. */
    void change(Optional<String> newLabel, Optional<List<String>> newOptions, Optional<Boolean> newRequired) {
        var before = List.of(label, options, required);
        newLabel.ifPresent(text -> label = label(text));
        newOptions.ifPresent(all -> options = options(type, all));
        newRequired.ifPresent(duty -> required = duty);
        if (before.equals(List.of(label, options, required))) return;
        raise(new CustomFieldUpdated(id, key, label, options, required));
    }

    /** It is no longer asked for, or is again; values are kept either way. */
    void archive(boolean archived, Instant now) {
        if (archived == archivedAt.isPresent()) return;
        archivedAt = archived ? Optional.of(now) : Optional.empty();
        raise(archived ? new CustomFieldArchived(id, key) : new CustomFieldRestored(id, key));
    }

    String label() {
        return label;
    }

    List<String> options() {
        return options;
    }

    boolean required() {
        return required;
    }

    Optional<Instant> archivedAt() {
        return archivedAt;
    }

    private static String label(String text) {
        var label = text == null ? "" : Text.storable(text).strip();
        if (Text.isInvisible(label) || label.codePointCount(0, label.length()) > LONGEST_LABEL) {
            throw Refusal.invalid("label", "length", "A label has 1 to " + LONGEST_LABEL + " characters.");
        }
        return label;
    }

    private static List<String> options(Type type, List<String> typed) {
        if (type.hasOptions() == typed.isEmpty() || typed.size() > MOST_OPTIONS) {
            throw Refusal.invalid("options", "invalid",
                    "A choice, and only a choice, has 1 to " + MOST_OPTIONS + " options.");
        }
        var options = new ArrayList<String>();
        for (var text : typed) {
            var option = text == null ? "" : Text.storable(text).strip();
            if (Text.isInvisible(option) || option.codePointCount(0, option.length()) > LONGEST_LABEL || options.contains(option)) {
                throw Refusal.invalid("options", "invalid",
                        "Options are different from each other and have 1 to " + LONGEST_LABEL + " characters.");
            }
            options.add(option);
        }
        return List.copyOf(options);
    }

    private static Currency currency(String code) {
        try {
            var currency = Currency.getInstance(code);
            // Gold and the like have no smallest part, so no amount could be said in them.
            if (currency.getDefaultFractionDigits() >= 0) return currency;
        } catch (IllegalArgumentException unknown) {
            // the same answer as for one that is no money
        }
        throw Refusal.invalid("currency", "invalid", "A currency is written like BRL.");
    }
}

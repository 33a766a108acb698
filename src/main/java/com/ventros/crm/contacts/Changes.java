package com.ventros.crm.contacts;

import com.ventros.crm.specifications.Value;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a row of an import changed, as it is remembered until somebody takes it back: what it said, and what was before. */
final class Changes {

    static final String WHAT = "what";
    static final String BEFORE = "before";
    static final String AFTER = "after";

    private Changes() {}

    /** A name that a part of the contact lends is not the contact's own: to put it back would give it away. */
    static Map<String, Object> name(Optional<ContactName> before, String after) {
        var change = change("name", after);
        before.filter(known -> !known.isLent()).ifPresent(known -> change.put(BEFORE,
                Map.of("text", known.text(), "by", known.by().name(), "at", known.at().toString())));
        return change;
    }

    static Optional<ContactName> nameBefore(Map<String, Object> change) {
        if (!(change.get(BEFORE) instanceof Map<?, ?> before)) return Optional.empty();
        return Optional.of(new ContactName((String) before.get("text"), ContactName.SetBy.valueOf((String) before.get("by")),
                Instant.parse((String) before.get("at")))).filter(known -> !known.isLent());
    }

    static Map<String, Object> language(Optional<Language> before, Language after) {
        var change = change("language", after.tag());
        before.ifPresent(known -> change.put(BEFORE, known.tag()));
        return change;
    }

    static Map<String, Object> identity(Identity added) {
        var change = change("identity", added.value());
        change.put("kind", added.kind().name());
        return change;
    }

    static Map<String, Object> tag(Tag added) {
        return change("tag", added.name());
    }

    /** Values as the field's event tells them; no {@code before} where there was none. */
    static Map<String, Object> field(CustomField field, List<Value> before, List<Value> after) {
        var change = change("field", FieldValues.told(field, after).orElseThrow());
        change.put("field", field.id.toString());
        FieldValues.told(field, before).ifPresent(known -> change.put(BEFORE, known));
        return change;
    }

    private static Map<String, Object> change(String what, Object after) {
        var change = new HashMap<String, Object>();
        change.put(WHAT, what);
        change.put(AFTER, after);
        return change;
    }
}

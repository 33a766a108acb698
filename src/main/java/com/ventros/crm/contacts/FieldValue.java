package com.ventros.crm.contacts;

import com.ventros.crm.kernel.EmailAddress;
import com.ventros.crm.kernel.PhoneNumber;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Text;
import com.ventros.crm.specifications.SpecificationReader;
import com.ventros.crm.specifications.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What somebody says of a custom field, read as the values that are kept. */
final class FieldValue {

    /** As long as the column's index allows. */
    private static final int LONGEST_WORDS = 500;
    /** What browsers open as a page: hosts in any script and with {@code _}, or an address in numbers; then a port, and what hosts make of the rest. */
    private static final Pattern WEB_ADDRESS = Pattern.compile("""
            (?i)https?://([^\\s\\p{Z}\\p{C}<>"/?#@\\\\]*@)?\
            ([\\p{L}\\p{M}\\p{N}\\p{So}_-]+(\\.[\\p{L}\\p{M}\\p{N}\\p{So}_-]+)*\\.?|\\[[0-9a-f:.]+])(:\\d{1,5})?\
            ([/?#][^\\s\\p{Z}\\p{C}<>"]*)?""");

    private FieldValue() {}

    /**
     * The values that the JSON means, none for null; refused when it means none of this field.
     *
     * @param region how a number without country code is read
     */
    static List<Value> read(CustomField field, JsonNode json, String region) {
        if (json.isNull()) {
            if (field.required()) throw wrong(field, "required", "This field is required.");
            return List.of();
        }
        return switch (field.type) {
            case TEXT -> List.of(words(Text.oneForm(checked(field, json))));
            case NUMBER -> List.of(value(field, json, "A number has at most twelve digits and six decimals."));
            case MONEY -> List.of(money(field, json));
            case BOOLEAN -> List.of(value(field, json, "Say true or false."));
            case DATE -> List.of(value(field, json, "A date is written like 2026-03-01."));
            case DATE_TIME -> List.of(value(field, json, "A time is written like 2026-03-01T12:00:00Z."));
            case SELECT -> List.of(choice(field, json));
            case MULTI_SELECT -> choices(field, json);
            case URL -> List.of(url(field, json));
            case EMAIL -> List.of(email(field, json));
            case PHONE -> List.of(words(PhoneNumber.parse(text(field, json), region)
                    .orElseThrow(() -> wrong(field, "invalid", "This is not a telephone number.")).canonical().e164()));
            case JSON -> List.of(value(field, json, Value.Document.WANTED));
        };
    }

    private static Value words(String text) {
        return new Value.Words(text);
    }

    private static String checked(CustomField field, JsonNode json) {
        var text = text(field, json);
        if (Text.isInvisible(text) || text.codePointCount(0, text.length()) > LONGEST_WORDS) {
            throw wrong(field, "length", "A text has 1 to " + LONGEST_WORDS + " characters.");
        }
        return text;
    }

    private static Value value(CustomField field, JsonNode json, String wanted) {
        return SpecificationReader.read(field.type.kind, json).orElseThrow(() -> wrong(field, "invalid", wanted));
    }

    private static Value money(CustomField field, JsonNode json) {
        var kept = value(field, json, "An amount has at most twelve digits before the point.");
        var amount = ((Value.Amount) kept).number();
        if (amount.scale() > field.currency.orElseThrow().getDefaultFractionDigits()) {
            throw wrong(field, "invalid", "This currency has no such small parts.");
        }
        return kept;
    }

    private static Value choice(CustomField field, JsonNode json) {
        var text = text(field, json);
        if (!field.options().contains(text)) throw wrong(field, "option_unknown", "This is none of the options.");
        return words(text);
    }

    private static List<Value> choices(CustomField field, JsonNode json) {
        if (!json.isArray() || json.isEmpty()) {
            throw wrong(field, "invalid", "Say at least one option in a list, or null.");
        }
        Set<Value> chosen = new HashSet<>();
        json.forEach(one -> chosen.add(choice(field, one)));
        return field.options().stream().map(FieldValue::words).filter(chosen::contains).toList();
    }

    private static Value url(CustomField field, JsonNode json) {
        var text = checked(field, json);
        if (!WEB_ADDRESS.matcher(text).matches()) {
            throw wrong(field, "invalid", "An address is written like https://example.com/page, with http or https, a host and no blanks.");
        }
        return words(text);
    }

    private static Value email(CustomField field, JsonNode json) {
        try {
            return words(new EmailAddress(EmailAddress.canonical(text(field, json))).value());
        } catch (IllegalArgumentException noAddress) {
            throw wrong(field, "invalid", "This is not an e-mail address.");
        }
    }

    private static String text(CustomField field, JsonNode json) {
        if (!json.isString()) throw wrong(field, "invalid", "Say a text.");
        return Text.storable(json.asString()).strip();
    }

    private static Refusal wrong(CustomField field, String code, String detail) {
        return Refusal.invalid("fields." + field.key, code, detail);
    }
}

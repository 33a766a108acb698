package com.ventros.crm.contacts;

import com.ventros.crm.kernel.EmailAddress;
import com.ventros.crm.kernel.PhoneNumber;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Text;
import com.ventros.crm.specifications.Field;
import com.ventros.crm.specifications.SpecificationReader;
import com.ventros.crm.specifications.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** One value of a custom field as it is kept: something that can be compared, or a document. */
record FieldValue(Optional<Value> value, Optional<JsonNode> document) {

    /** As long as the column's index allows. */
    private static final int LONGEST_WORDS = 500;
    /** What browsers open as a page: hosts in any script and with {@code _}, or an address in numbers; then a port, and what hosts make of the rest. */
    private static final Pattern WEB_ADDRESS = Pattern.compile("""
            (?i)https?://([^\\s\\p{Z}\\p{C}<>"/?#@\\\\]*@)?\
            ([\\p{L}\\p{M}\\p{N}\\p{So}_-]+(\\.[\\p{L}\\p{M}\\p{N}\\p{So}_-]+)*\\.?|\\[[0-9a-f:.]+])(:\\d{1,5})?\
            ([/?#][^\\s\\p{Z}\\p{C}<>"]*)?""");
    private static final int LONGEST_DOCUMENT = 10_000;
    /** Of a number in a document, before and after the point: more than other programs' numbers have; written with an exponent it may mean millions. */
    private static final int MOST_DIGITS = 400;
    /** The escape of a character that the database cannot hold. */
    private static final String ESCAPED_NUL = "\\u0000";

    /**
     * The values that the JSON means, none for null; refused when it means none of this field.
     *
     * @param region how a number without country code is read
     */
    static List<FieldValue> read(CustomField field, JsonNode json, String region) {
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
            case JSON -> List.of(document(field, json));
        };
    }

    private static FieldValue of(Value value) {
        return new FieldValue(Optional.of(value), Optional.empty());
    }

    private static FieldValue words(String text) {
        return of(new Value.Words(text));
    }

    private static String checked(CustomField field, JsonNode json) {
        var text = text(field, json);
        if (text.isEmpty() || text.codePointCount(0, text.length()) > LONGEST_WORDS) {
            throw wrong(field, "length", "A text has 1 to " + LONGEST_WORDS + " characters.");
        }
        return text;
    }

    private static FieldValue value(CustomField field, JsonNode json, String wanted) {
        var kind = field.type.kind().orElse(Field.Kind.TEXT);
        return of(SpecificationReader.read(kind, json).orElseThrow(() -> wrong(field, "invalid", wanted)));
    }

    private static FieldValue money(CustomField field, JsonNode json) {
        var kept = value(field, json, "An amount has at most twelve digits before the point.");
        var amount = ((Value.Amount) kept.value().orElseThrow()).number();
        if (amount.scale() > field.currency.orElseThrow().getDefaultFractionDigits()) {
            throw wrong(field, "invalid", "This currency has no such small parts.");
        }
        return kept;
    }

    private static FieldValue choice(CustomField field, JsonNode json) {
        var text = text(field, json);
        if (!field.options().contains(text)) throw wrong(field, "option_unknown", "This is none of the options.");
        return words(text);
    }

    private static List<FieldValue> choices(CustomField field, JsonNode json) {
        if (!json.isArray() || json.isEmpty()) {
            throw wrong(field, "invalid", "Say at least one option in a list, or null.");
        }
        Set<FieldValue> chosen = new HashSet<>();
        json.forEach(one -> chosen.add(choice(field, one)));
        return field.options().stream().map(FieldValue::words).filter(chosen::contains).toList();
    }

    private static FieldValue url(CustomField field, JsonNode json) {
        var text = checked(field, json);
        if (!WEB_ADDRESS.matcher(text).matches()) {
            throw wrong(field, "invalid", "An address is written like https://example.com/page, with http or https, a host and no blanks.");
        }
        return words(text);
    }

    private static FieldValue email(CustomField field, JsonNode json) {
        try {
            return words(new EmailAddress(EmailAddress.canonical(text(field, json))).value());
        } catch (IllegalArgumentException noAddress) {
            throw wrong(field, "invalid", "This is not an e-mail address.");
        }
    }

    private static FieldValue document(CustomField field, JsonNode json) {
        var text = json.toString();
        if (text.length() > LONGEST_DOCUMENT || text.contains(ESCAPED_NUL) || !Text.storable(text).equals(text)) {
            throw wrong(field, "invalid",
                    "A document has at most " + LONGEST_DOCUMENT + " characters, none of them U+0000.");
        }
        if (!hasFittingNumbers(json)) {
            throw wrong(field, "invalid", "A number in a document has at most " + MOST_DIGITS + " digits before and after the point.");
        }
        var kept = canonical(json);
        if (kept.toString().length() > LONGEST_DOCUMENT) {
            throw wrong(field, "invalid", "A document has at most " + LONGEST_DOCUMENT + " characters.");
        }
        return new FieldValue(Optional.empty(), Optional.of(kept));
    }

    private static boolean hasFittingNumbers(JsonNode json) {
        if (json.isContainer()) return json.values().stream().allMatch(FieldValue::hasFittingNumbers);
        if (!json.isNumber() || json.isIntegralNumber()) return true;
        var number = json.decimalValue();
        return (long) number.precision() - number.scale() <= MOST_DIGITS && number.scale() <= MOST_DIGITS;
    }

    /** The same document with each number in one spelling, so that what was written {@code 1e2} is equal to the {@code 100} that the database tells. */
    static JsonNode canonical(JsonNode json) {
        var nodes = JsonNodeFactory.instance;
        if (json.isObject()) {
            var object = nodes.objectNode();
            json.properties().forEach(entry -> object.set(entry.getKey(), canonical(entry.getValue())));
            return object;
        }
        if (json.isArray()) {
            var array = nodes.arrayNode();
            json.forEach(one -> array.add(canonical(one)));
            return array;
        }
        if (!json.isNumber()) return json;
        var number = json.decimalValue().stripTrailingZeros();
        return number.scale() <= 0 ? nodes.numberNode(number.toBigInteger()) : nodes.numberNode(number);
    }

    private static String text(CustomField field, JsonNode json) {
        if (!json.isString()) throw wrong(field, "invalid", "Say a text.");
        return Text.storable(json.asString()).strip();
    }

    private static Refusal wrong(CustomField field, String code, String detail) {
        return Refusal.invalid("fields." + field.key, code, detail);
    }
}

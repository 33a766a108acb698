package com.ventros.crm.channels.waha;

import com.ventros.crm.kernel.Text;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads JSON of which nothing is certain: a field of another type than expected counts as missing. */
final class Json {

    private Json() {}

    /** A text that is not blank, fit to be stored. */
    static Optional<String> text(JsonNode node, String... path) {
        return kept(node, path).filter(text -> !text.isBlank());
    }

    /** A text as it came, blank or not. */
    static Optional<String> kept(JsonNode node, String... path) {
        var found = at(node, path);
        return found.isString() ? Optional.of(Text.storable(found.asString())) : Optional.empty();
    }

    /** The first of several names under which engines write one text. */
    static Optional<String> either(JsonNode node, String... names) {
        for (var name : names) {
            var text = text(node, name);
            if (text.isPresent()) return text;
        }
        return Optional.empty();
    }

    /** A number, or a text that is one. */
    static Optional<Double> number(JsonNode node, String... path) {
        var found = at(node, path);
        double value;
        if (found.isNumber()) {
            value = found.doubleValue(Double.NaN); // a whole number of 400 digits is none for us
        } else if (found.isString() && looksNumeric(found.asString())) {
            try {
                value = Double.parseDouble(found.asString().strip());
            } catch (NumberFormatException no) {
                return Optional.empty();
            }
        } else {
            return Optional.empty();
        }
        return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
    }

    static Optional<Integer> integer(JsonNode node, String... path) {
        return number(node, path).filter(n -> Math.abs(n) <= Integer.MAX_VALUE).map(Double::intValue);
    }

    /** An id: a text, or a number, as engines please. */
    static Optional<String> id(JsonNode node, String... path) {
        return text(node, path).or(() -> integer(node, path).map(String::valueOf));
    }

    static boolean isTrue(JsonNode node, String... path) {
        var found = at(node, path);
        return found.isBoolean() && found.booleanValue();
    }

    static JsonNode at(JsonNode node, String... path) {
        for (var name : path) node = node.path(name);
        return node;
    }

    private static boolean looksNumeric(String text) {
        if (text.isEmpty() || text.length() > 40) return false;
        char first = text.charAt(0);
        return Character.isDigit(first) || first == '-' || first == '.' || first == ' ';
    }
}

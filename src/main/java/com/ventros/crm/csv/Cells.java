package com.ventros.crm.csv;

import com.ventros.crm.kernel.Refusal;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How values stand in the cells of a file. What a spreadsheet would take for a formula begins with an apostrophe, which is
 * left out again when the file is read: what was exported and is imported is what it was.
 */
public final class Cells {

    /** OWASP's list, with the wide forms that some spreadsheets take for the same. */
    private static final String FORMULA = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";
    private static final char APOSTROPHE = '\'';
    private static final String JOINED_BY = "|";
    private static final String DIVIDED_BY = "[|;,\\n]";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Cells() {}

    /** As it may stand in a file that people open with a spreadsheet. */
    public static String safe(String value) {
        return !value.isEmpty() && isFormula(value) || isEscaped(value) ? APOSTROPHE + value : value;
    }

    /** What {@link #safe} wrote; and what people type in front of a number, so that it stays one. */
    public static String plain(String cell) {
        var text = cell.strip();
        // At some of them no line breaks, and strip() leaves those.
        if (text.codePoints().allMatch(Character::isSpaceChar)) return "";
        return isEscaped(text) ? text.substring(1) : text;
    }

    /** Several values in one cell: with a bar between them, or as a JSON list if one of them holds what divides. */
    public static String join(Collection<String> values) {
        boolean simple = values.stream().noneMatch(value -> value.isBlank() || value.startsWith("[")
                || !value.equals(value.strip()) || value.matches("(?s).*" + DIVIDED_BY + ".*"));
        return simple ? String.join(JOINED_BY, values) : JSON.writeValueAsString(values);
    }

    /**
     * What {@link #join} wrote, and what people write: values with a bar, semicolon, comma or line between them.
     *
     * @param field to be named where a list has something in it that is no text
     */
    public static List<String> split(String field, String cell) {
        var text = plain(cell);
        if (text.startsWith("[")) {
            try {
                var list = JSON.readTree(text);
                if (list.valueStream().allMatch(one -> one.isString() || one.isNumber())) return list.valueStream().map(JsonNode::asString).toList();
            } catch (JacksonException noList) {
                // A text with a bracket, unless it begins as a list of texts does.
                if (!text.startsWith("[\"")) return divided(text);
            }
            throw Refusal.invalid(field, "invalid", "A list in a cell is written like [\"a\",\"b\"], with nothing but texts and numbers in it.");
        }
        return divided(text);
    }

    private static List<String> divided(String text) {
        return Arrays.stream(text.split(DIVIDED_BY)).map(String::strip).filter(value -> !value.isEmpty()).toList();
    }

    private static boolean isFormula(String value) {
        return FORMULA.indexOf(value.charAt(0)) >= 0;
    }

    private static boolean isEscaped(String value) {
        return value.length() > 1 && value.charAt(0) == APOSTROPHE
                && (value.charAt(1) == APOSTROPHE || isFormula(value.substring(1)));
    }
}

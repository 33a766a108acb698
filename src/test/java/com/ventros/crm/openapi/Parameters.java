package com.ventros.crm.openapi;

import com.ventros.crm.kernel.Codes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the parameters of addresses are, in a sentence each: of a name wherever it occurs, or of one route's. What stands as
 * <code>${module.Type}</code> are the values of that enum, as the API spells them.
 */
final class Parameters {

    private static final Pattern VALUES = Pattern.compile("\\$\\{([\\w.$]+)}");
    private static final JsonNode ALL = read();

    private Parameters() {}

    /** The sentence about this parameter of this route. */
    static String of(Route route, String name) {
        var said = ALL.path(ALL.has(route + " " + name) ? route + " " + name : name);
        if (!said.isString()) {
            throw new AssertionError("Say in parameters.json what " + name + " of " + route + " is; it becomes the parameter's description.");
        }
        return VALUES.matcher(said.asString()).replaceAll(found -> Matcher.quoteReplacement(values(found.group(1))));
    }

    /** Of which a sentence is there: a name, or a route and a name. */
    static Set<String> all() {
        return Set.copyOf(ALL.propertyNames());
    }

    private static String values(String type) {
        try {
            return Arrays.stream(Class.forName("com.ventros.crm." + type).getEnumConstants()).map(value -> "`" + code((Enum<?>) value) + "`")
                    .collect(Collectors.joining(", "));
        } catch (ClassNotFoundException gone) {
            throw new AssertionError("parameters.json names an enum that is not there: " + type, gone);
        }
    }

    /** Some spell themselves. */
    private static String code(Enum<?> value) {
        return Optional.of(value.toString()).filter(own -> !own.equals(value.name())).orElseGet(() -> Codes.of(value));
    }

    private static JsonNode read() {
        try (InputStream file = Parameters.class.getResourceAsStream("/openapi/parameters.json")) {
            return JsonMapper.shared().readTree(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

package com.ventros.crm.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A body for each route that takes one, as an integrator would send it: in the document, and in tests that send it. What
 * stands as <code>${contact}</code> is the id of one; <code>${unique}</code> is a number that nothing else has.
 */
final class Examples {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(\\w+)}");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonNode ALL = read();

    private Examples() {}

    /** The body for this route, with its placeholders filled. */
    static Optional<JsonNode> body(Route route, UnaryOperator<String> fill) {
        return Optional.ofNullable(ALL.get(route.toString())).map(body -> JSON.readTree(
                PLACEHOLDER.matcher(body.toString()).replaceAll(found -> Matcher.quoteReplacement(fill.apply(found.group(1))))));
    }

    /** The body as the document shows it: the same ids and numbers always. */
    static Optional<JsonNode> shown(Route route) {
        return body(route, name -> name.equals("unique") ? "87654321"
                : "0197b0e4-0000-7000-8000-" + "%012x".formatted(name.hashCode() & 0xffff));
    }

    private static JsonNode read() {
        try (InputStream file = Examples.class.getResourceAsStream("/openapi/examples.json")) {
            return JSON.readTree(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

package com.ventros.crm.channels.waha;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/** The first look at a delivery: of which session it is. What it means, and whether it means anything, is the translator's business. */
sealed interface Peek {

    /** It says of which session it is. */
    record OfSession(String session) implements Peek {}

    /** One JSON object that names no session. */
    record OfNobody() implements Peek {}

    /** Not one JSON object: it cannot say anything. */
    record Unreadable() implements Peek {}

    JsonFactory JSON = new JsonFactory();

    /** Runs through the tokens without building a tree: bodies of a megabyte occur. */
    static Peek at(byte[] body) {
        Optional<String> session = Optional.empty();
        try (var parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) return new Unreadable();
            for (var name = parser.nextName(); name != null; name = parser.nextName()) {
                var value = parser.nextToken();
                if (value == JsonToken.VALUE_STRING && name.equals("session")) session = Optional.of(parser.getString());
                else parser.skipChildren();
            }
            if (parser.nextToken() != null) return new Unreadable();
        } catch (JacksonException notJson) {
            return new Unreadable();
        }
        return session.filter(text -> !text.isBlank()).<Peek>map(OfSession::new).orElseGet(OfNobody::new);
    }
}

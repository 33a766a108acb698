package com.ventros.crm.channels.waha;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/** The first look at a delivery: whether it is one JSON object, of which session and with which event. */
sealed interface Peek {

    /** Worth keeping; whether it can be understood is the translator's business. */
    record Envelope(String event, String session) implements Peek {}

    /** Nothing that WAHA sends. */
    record Broken(String code, String detail) implements Peek {}

    JsonFactory JSON = new JsonFactory();

    /** Runs through the tokens without building a tree: bodies of a megabyte occur. */
    static Peek at(byte[] body) {
        Optional<String> event = Optional.empty();
        Optional<String> session = Optional.empty();
        try (var parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return new Broken("not_an_object", "The body is not a JSON object.");
            }
            for (var name = parser.nextName(); name != null; name = parser.nextName()) {
                var value = parser.nextToken();
                if (value == JsonToken.VALUE_STRING && name.equals("event")) event = Optional.of(parser.getString());
                else if (value == JsonToken.VALUE_STRING && name.equals("session")) session = Optional.of(parser.getString());
                else parser.skipChildren();
            }
            if (parser.nextToken() != null) return new Broken("not_json", "Something follows the JSON object.");
        } catch (JacksonException notJson) {
            return new Broken("not_json", "The body is not JSON.");
        }
        if (event.filter(text -> !text.isBlank()).isEmpty()) return new Broken("event_missing", "The body names no event.");
        if (session.filter(text -> !text.isBlank()).isEmpty()) return new Broken("session_missing", "The body names no session.");
        return new Envelope(event.get(), session.get());
    }
}

package com.ventros.crm.events;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What an event of a person says of them in words, and the same event without it: ids, times, kinds and numbers stay. */
final class PersonalWords {

    /** Stands where a text must be. */
    static final String ERASED = "erased";

    /** Names of what is told in an event, wherever it stands. {@code PersonalWordsTests} fails on one that is in neither set. */
    static final Set<String> PERSONAL = Set.of("name", "phone", "lid", "email", "otherIdentities", "value", "customFields", "tag", "tags", "text", "preview", "authorName", "externalId",
            "replyToExternalId", "reactor", "voter", "emoji", "options", "outcome", "outcomes", "note", "detail", "reason", "app", "body", "clickId",
            "conversionData", "conversionSource", "entryPoint", "greeting", "mediaType", "mediaUrl", "ref", "sourceId", "sourceType", "sourceUrl",
            "thumbnailUrl", "title");
    /** Words of ours, of which there are few. */
    static final Set<String> OURS = Set.of("key", "kind", "by", "because", "currency", "rank", "language", "callId", "action", "code",
            "direction", "source", "medium", "campaign", "term", "content", "status", "type", "mimeType", "priority", "how", "before", "now");

    /** What a {@code reason} says that nobody wrote: figures ask for it, and whoever rebuilds them has to find it. */
    static final Set<String> OUR_REASONS = Set.of("SILENCE", "RESOLVED", "CLOSED", "MERGED", "LATE_MESSAGE", "PERSON", "CUSTOMER_WROTE");

    private PersonalWords() {}

    static JsonNode without(JsonNode data) {
        var copy = data.deepCopy();
        leaveOut(copy);
        return copy;
    }

    private static void leaveOut(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (var name : List.copyOf(object.propertyNames())) {
                var told = object.get(name);
                if (!PERSONAL.contains(name)) leaveOut(told);
                else if (!name.equals("reason") || !OUR_REASONS.contains(told.asString(""))) object.set(name, nothing(told));
            }
        } else if (node instanceof ArrayNode array) {
            array.forEach(PersonalWords::leaveOut);
        }
    }

    /** As like it as nothing can be, so that whoever reads the event still can. */
    private static JsonNode nothing(JsonNode was) {
        if (was.isString()) return JsonNodeFactory.instance.stringNode(ERASED);
        return was.isArray() ? JsonNodeFactory.instance.arrayNode() : JsonNodeFactory.instance.nullNode();
    }
}

package com.ventros.crm.events.catalog;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A value that a JSON schema of ours allows, with every field present: the first draft of an event's fixture. */
final class Example {

    static Object of(Map<?, ?> schema) {
        if (schema.get("enum") instanceof List<?> values) return values.getFirst();
        var type = schema.get("type") instanceof List<?> either ? either.getFirst() : schema.get("type");
        return switch (type == null ? "object" : type.toString()) {
            case "boolean" -> true;
            case "integer" -> 7;
            case "number" -> 7.5;
            case "array" -> List.of(of((Map<?, ?>) schema.get("items")));
            case "string" -> text(String.valueOf(schema.get("format")));
            default -> object(schema);
        };
    }

    private static Object object(Map<?, ?> schema) {
        var object = new TreeMap<String, Object>();
        if (schema.get("properties") instanceof Map<?, ?> fields) {
            fields.forEach((name, field) -> object.put(name.toString(), of((Map<?, ?>) field)));
        }
        return object;
    }

    private static String text(String format) {
        return switch (format) {
            case "uuid" -> "01980f6e-5c1a-7b3e-9d52-6f0c1e7a4b21";
            case "date-time" -> "2026-11-20T12:00:00Z";
            case "date" -> "2026-11-20";
            case "duration" -> "PT30M";
            case "uri" -> "https://loja.example/anuncio";
            default -> "texto";
        };
    }

    private Example() {}
}

package com.ventros.crm.events.catalog;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The JSON schema of a record, as our JSON mapper writes it: enough for the plain records that events are. */
final class JsonSchema {

    private JsonSchema() {}

    static Map<String, Object> of(Type type) {
        return switch (type) {
            case ParameterizedType generic when generic.getRawType() == Optional.class -> nullable(of(generic.getActualTypeArguments()[0]));
            case ParameterizedType generic when Collection.class.isAssignableFrom((Class<?>) generic.getRawType()) ->
                    Map.of("type", "array", "items", of(generic.getActualTypeArguments()[0]));
            case ParameterizedType generic when Map.class.isAssignableFrom((Class<?>) generic.getRawType()) ->
                    Map.of("type", "object", "additionalProperties", of(generic.getActualTypeArguments()[1]));
            case Class<?> plain -> of(plain);
            default -> Map.of();
        };
    }

    private static Map<String, Object> of(Class<?> type) {
        if (type == String.class || type == char.class) return Map.of("type", "string");
        if (type == UUID.class) return text("uuid");
        if (type == Instant.class) return text("date-time");
        if (type == LocalDate.class) return text("date");
        if (type == Duration.class) return text("duration");
        if (type == URI.class) return text("uri");
        if (type == boolean.class || type == Boolean.class) return Map.of("type", "boolean");
        if (type == double.class || type == Double.class || type == BigDecimal.class) return Map.of("type", "number");
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) return Map.of("type", "integer");
        if (type.isEnum()) {
            return Map.of("type", "string", "enum", Arrays.stream(type.getEnumConstants()).map(Object::toString).toList());
        }
        if (!type.isRecord()) return Map.of();
        var properties = new LinkedHashMap<String, Object>();
        for (var part : type.getRecordComponents()) properties.put(part.getName(), of(part.getGenericType()));
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "object");
        schema.put("properties", properties);
        return schema;
    }

    private static Map<String, Object> text(String format) {
        return Map.of("type", "string", "format", format);
    }

    private static Map<String, Object> nullable(Map<String, Object> schema) {
        var either = new LinkedHashMap<>(schema);
        either.computeIfPresent("type", (_, type) -> java.util.List.of(type, "null"));
        return either;
    }
}

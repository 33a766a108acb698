package com.ventros.crm.openapi;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.ventros.crm.http.Page;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import tools.jackson.databind.JsonNode;

/**
 * JSON schemas of what routes take and answer, a component for each record.
 *
 * <p>Of an answer every field is there, and null only where the record says so: an {@code Optional}, a boxed number or
 * {@code @Nullable}. A request may leave out what is not {@code @NotNull}, and null is the same as leaving out; fields
 * that are not here are refused.
 */
final class Schemas {

    /** Whether something comes from the caller or goes there. */
    enum Way { IN, OUT }

    /** Names of records whose own say little outside their module. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("InboxView.Shown", "Chat"),
            Map.entry("InboxView.LastMessage", "LastMessage"),
            Map.entry("InboxView.ShownSession", "ChatSession"),
            Map.entry("InboxView.ShownLabel", "ChatLabel"),
            Map.entry("ConversationView.Shown", "Message"),
            Map.entry("AgentView.ShownTeam", "Team"),
            Map.entry("KeepHours.Shown", "BusinessHours"),
            Map.entry("SessionAnswer.Session", "SignedIn"),
            Map.entry("SessionAnswer.User", "User"),
            Map.entry("AccountView.Tenant", "Tenant"),
            Map.entry("AccountView.Project", "Project"),
            Map.entry("Catalogue.Entry", "CatalogueEntry"),
            Map.entry("FailuresView.Line", "Failure"),
            Map.entry("FailuresView.Whole", "FailureDetails"),
            Map.entry("Refusal.FieldError", "FieldError"),
            Map.entry("HealthController.Answer", "Health"),
            Map.entry("AssignmentRuleController.NewRule", "NewAssignmentRule"),
            Map.entry("CustomFieldController.NewField", "NewCustomField"),
            Map.entry("PipelineController.NewStatus", "NewPipelineStatus"),
            Map.entry("PipelineController.NewReason", "NewLossReason"),
            Map.entry("ContactController.NewIdentity", "NewIdentity"),
            Map.entry("ContactController.NewTags", "NewTags"),
            Map.entry("ContactDuplicates.Duplicate", "ContactDuplicate"),
            Map.entry("ConversationView.Option", "PollOption"),
            Map.entry("DealController.Item", "DealToMove"),
            Map.entry("AuthController.SignInRequest", "SignIn"),
            Map.entry("Endpoints.Endpoint", "Webhook"),
            Map.entry("WebhookController.NewEndpoint", "NewWebhook"),
            Map.entry("OperationsController.Queue", "Queue"),
            Map.entry("Books.Balance", "Books"));

    private final Javadoc javadoc;
    private final Map<String, Object> components = new TreeMap<>();
    private final Map<String, String> owners = new HashMap<>();

    Schemas(Javadoc javadoc) {
        this.javadoc = javadoc;
    }

    Map<String, Object> components() {
        return components;
    }

    Map<String, Object> of(Type type, Way way) {
        return switch (type) {
            case ParameterizedType generic when generic.getRawType() == Optional.class -> nullable(of(generic.getActualTypeArguments()[0], way));
            case ParameterizedType generic when generic.getRawType() == Page.class -> page(generic.getActualTypeArguments()[0]);
            case ParameterizedType generic when Collection.class.isAssignableFrom((Class<?>) generic.getRawType()) ->
                    schema("type", "array", "items", of(generic.getActualTypeArguments()[0], way));
            case ParameterizedType generic when Map.class.isAssignableFrom((Class<?>) generic.getRawType()) ->
                    schema("type", "object", "additionalProperties", of(generic.getActualTypeArguments()[1], way));
            case WildcardType _ -> schema();
            case Class<?> plain -> of(plain, way);
            default -> throw new AssertionError("There is no schema for " + type + "; say it in Schemas.");
        };
    }

    private Map<String, Object> of(Class<?> type, Way way) {
        if (type == Object.class || JsonNode.class.isAssignableFrom(type)) return schema();
        if (Resource.class.isAssignableFrom(type)) return schema("type", "object");
        if (type == String.class) return schema("type", "string");
        if (type == UUID.class) return schema("type", "string", "format", "uuid");
        if (type == Instant.class) return schema("type", "string", "format", "date-time");
        if (type == LocalDate.class) return schema("type", "string", "format", "date");
        if (type == boolean.class || type == Boolean.class) return schema("type", "boolean");
        if (type == double.class || type == Double.class || type == BigDecimal.class) return schema("type", "number");
        if (type == int.class || type == Integer.class) return schema("type", "integer", "format", "int32");
        if (type == long.class || type == Long.class) return schema("type", "integer", "format", "int64");
        if (type == BigInteger.class) return schema("type", "integer");
        if (type.isEnum()) {
            return schema("type", "string", "enum", Arrays.stream(type.getEnumConstants()).map(Object::toString).toList());
        }
        if (type.isRecord()) return reference(record(type, way));
        throw new AssertionError("There is no schema for " + type + "; say it in Schemas.");
    }

    static Map<String, Object> nullable(Map<String, Object> schema) {
        if (schema.get("type") instanceof String type) {
            var either = new LinkedHashMap<>(schema);
            either.put("type", List.of(type, "null"));
            return either;
        }
        return schema.containsKey("$ref") ? schema("anyOf", List.of(schema, schema("type", "null"))) : schema;
    }

    static Map<String, Object> reference(String component) {
        return schema("$ref", "#/components/schemas/" + component);
    }

    static Map<String, Object> schema(Object... parts) {
        var schema = new LinkedHashMap<String, Object>();
        for (int i = 0; i < parts.length; i += 2) schema.put((String) parts[i], parts[i + 1]);
        return schema;
    }

    private Map<String, Object> page(Type item) {
        var items = of(item, Way.OUT);
        var name = items.get("$ref") instanceof String reference ? reference.substring(reference.lastIndexOf('/') + 1) + "Page" : "Page";
        components.putIfAbsent(name, schema("type", "object", "properties", schema(
                "items", schema("type", "array", "items", items),
                "nextCursor", schema("type", List.of("string", "null"),
                        "description", "Where the next part begins, for the parameter `cursor`; null on the last one.")),
                "required", List.of("items", "nextCursor")));
        return reference(name);
    }

    private String record(Class<?> type, Way way) {
        var name = name(type);
        var key = type.getName() + (way == Way.IN ? " in" : " out");
        if (way == Way.IN && owners.getOrDefault(name, "").endsWith(" out")) name += "Input";
        var owner = owners.putIfAbsent(name, key);
        if (owner != null) {
            if (owner.equals(key)) return name;
            throw new AssertionError(owner + " and " + key + " would both be called " + name + "; name one in Schemas.NAMES.");
        }
        var words = javadoc.of(type);
        var properties = new LinkedHashMap<String, Object>();
        var required = new ArrayList<String>();
        var schema = schema("type", "object");
        words.map(Javadoc.Words::text).filter(text -> !text.isEmpty()).ifPresent(text -> schema.put("description", text));
        schema.put("properties", properties);
        components.put(name, schema);
        for (var part : type.getRecordComponents()) {
            var property = way == Way.OUT ? answered(part) : asked(part);
            words.map(known -> known.params().get(part.getName())).ifPresent(text -> property.put("description", text));
            properties.put(part.getName(), property);
            if (way == Way.OUT || isNeeded(part)) required.add(part.getName());
        }
        if (!required.isEmpty()) schema.put("required", required);
        if (way == Way.IN) schema.put("additionalProperties", false);
        return name;
    }

    private Map<String, Object> answered(RecordComponent part) {
        if (annotation(part, JsonRawValue.class).isPresent()) return schema();
        var schema = of(part.getGenericType(), Way.OUT);
        var mayBeNull = Set.of(Integer.class, Long.class, Boolean.class, Double.class).contains(part.getType())
                || part.getAnnotatedType().isAnnotationPresent(Nullable.class);
        return mayBeNull ? nullable(schema) : schema;
    }

    private Map<String, Object> asked(RecordComponent part) {
        var schema = of(part.getGenericType(), Way.IN);
        annotation(part, Size.class).ifPresent(size -> {
            if (size.max() < Integer.MAX_VALUE) schema.put(part.getType() == String.class ? "maxLength" : "maxItems", size.max());
        });
        if (annotation(part, NotBlank.class).isPresent()) schema.put("minLength", 1);
        return isNeeded(part) ? schema : nullable(schema);
    }

    private static boolean isNeeded(RecordComponent part) {
        return part.getType().isPrimitive() || annotation(part, NotNull.class).isPresent() || annotation(part, NotBlank.class).isPresent();
    }

    /** Of the field, since most annotations are not for parts of records. */
    private static <A extends Annotation> Optional<A> annotation(RecordComponent part, Class<A> type) {
        try {
            return Optional.ofNullable(part.getDeclaringRecord().getDeclaredField(part.getName()).getAnnotation(type));
        } catch (NoSuchFieldException impossible) {
            throw new IllegalStateException("every part of a record is a field", impossible);
        }
    }

    /** {@code DefinePipelines.ShownStatus} is a PipelineStatus, {@code DealController.NewDeal} a NewDeal. */
    private static String name(Class<?> type) {
        var outer = type.getDeclaringClass();
        if (outer == null) return type.getSimpleName();
        var known = NAMES.get(outer.getSimpleName() + "." + type.getSimpleName());
        if (known != null) return known;
        var base = outer.getSimpleName().replaceFirst("(View|Controller|Event|Answer)$", "").replaceFirst("^(Keep|Define|Move|Handle)(?=[A-Z])", "")
                .replaceFirst("(?<=[a-z])(?<!Hour)s$", "");
        var inner = type.getSimpleName().replaceFirst("^(Shown|Item$)", "");
        return inner.contains(base) ? inner : base + inner;
    }
}

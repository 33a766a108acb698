package com.ventros.crm.events.catalog;

import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.EventType;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** All event types of the program, found by their records, and what their earlier versions looked like. */
@Component
public final class Catalogue {

    private static final String EVERYTHING = "com.ventros.crm";

    /**
     * One event type.
     *
     * @param family name of the aggregate that it happens to
     * @param schema  JSON schema of its data
     * @param earlier schemas of the versions before, which readers meet in the newest one only
     */
    public record Entry(String type, int version, String family, String description, Map<String, Object> schema,
            Map<Integer, Map<String, Object>> earlier) {}

    /** Unlike a reader of events, who is lenient: what a person writes must fit exactly. */
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS).build();

    private final List<Entry> entries;
    private final Map<String, Class<? extends DomainEvent>> records;

    public Catalogue() {
        this(records(), Registry.committed());
        var present = entries.stream().map(Entry::type).collect(Collectors.toSet());
        var gone = Registry.committed().types().keySet().stream().filter(type -> !present.contains(type)).toList();
        if (!gone.isEmpty()) throw new IllegalStateException("the log holds events that no record reads any more: " + gone);
    }

    Catalogue(List<Class<? extends DomainEvent>> records, Registry registry) {
        entries = records.stream().map(record -> entry(record, registry)).sorted(Comparator.comparing(Entry::type)).toList();
        var doubles = entries.stream().collect(Collectors.groupingBy(Entry::type, Collectors.counting())).entrySet().stream()
                .filter(count -> count.getValue() > 1).map(Map.Entry::getKey).toList();
        if (!doubles.isEmpty()) throw new IllegalStateException("two records claim the event type " + doubles);
        this.records = records.stream().collect(Collectors.toMap(
                event -> event.getAnnotation(EventType.class).value(), Function.identity()));
    }

    /** Every event type, by name. */
    public List<Entry> entries() {
        return entries;
    }

    /** The current version of a type. */
    public int version(String type) {
        return records.get(type).getAnnotation(EventType.class).version();
    }

    /** What keeps the data from being an event of this type in its current version; empty when nothing does. */
    public Optional<String> flaw(String type, JsonNode data) {
        var record = records.get(type);
        if (record == null) return Optional.of("There is no event type " + type + ".");
        if (!data.isObject()) return Optional.of("The data of an event is an object.");
        try {
            STRICT.treeToValue(data, record);
            return Optional.empty();
        } catch (JacksonException wrong) {
            return Optional.of(wrong.getOriginalMessage());
        }
    }

    private static Entry entry(Class<? extends DomainEvent> event, Registry registry) {
        var type = event.getAnnotation(EventType.class);
        if (type == null) throw new IllegalStateException(event.getName() + " is an event without @EventType");
        if (!type.value().matches("[a-z_]+(\\.[a-z_]+)+")) {
            throw new IllegalStateException(type.value() + " is no name of an event: <aggregate>.<what happened>");
        }
        return new Entry(type.value(), type.version(), type.value().substring(0, type.value().indexOf('.')),
                type.description(), JsonSchema.of(event), registry.before(type.value(), type.version()));
    }

    /** The concrete events; interfaces that seal a family are none. */
    static List<Class<? extends DomainEvent>> records() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AssignableTypeFilter(DomainEvent.class));
        return scanner.findCandidateComponents(EVERYTHING).stream()
                .<Class<? extends DomainEvent>>map(found -> ClassUtils
                        .resolveClassName(found.getBeanClassName(), Catalogue.class.getClassLoader())
                        .asSubclass(DomainEvent.class))
                .filter(event -> !event.isLocalClass() && !event.isAnonymousClass())
                .toList();
    }
}

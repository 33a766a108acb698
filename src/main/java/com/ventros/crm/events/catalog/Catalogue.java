package com.ventros.crm.events.catalog;

import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.EventType;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;

/** All event types of the program, found by their records. */
@Component
public final class Catalogue {

    private static final String EVERYTHING = "com.ventros.crm";

    /**
     * One event type.
     *
     * @param family name of the aggregate that it happens to
     * @param schema JSON schema of its data
     */
    public record Entry(String type, int version, String family, String description, Map<String, Object> schema) {}

    private final List<Entry> entries;

    public Catalogue() {
        this(records());
    }

    Catalogue(List<Class<? extends DomainEvent>> records) {
        entries = records.stream().map(Catalogue::entry).sorted(Comparator.comparing(Entry::type)).toList();
        var doubles = entries.stream().collect(Collectors.groupingBy(Entry::type, Collectors.counting())).entrySet().stream()
                .filter(count -> count.getValue() > 1).map(Map.Entry::getKey).toList();
        if (!doubles.isEmpty()) throw new IllegalStateException("two records claim the event type " + doubles);
    }

    /** Every event type, by name. */
    public List<Entry> entries() {
        return entries;
    }

    private static Entry entry(Class<? extends DomainEvent> event) {
        var type = event.getAnnotation(EventType.class);
        if (type == null) throw new IllegalStateException(event.getName() + " is an event without @EventType");
        if (!type.value().matches("[a-z_]+(\\.[a-z_]+)+")) {
            throw new IllegalStateException(type.value() + " is no name of an event: <aggregate>.<what happened>");
        }
        return new Entry(type.value(), type.version(), type.value().substring(0, type.value().indexOf('.')),
                type.description(), JsonSchema.of(event));
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

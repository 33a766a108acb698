package com.ventros.crm.events.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ventros.crm.kernel.DomainEvent;
import com.ventros.crm.kernel.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CatalogueTests {

    private static final Path PAGE = Path.of("docs/reference/events.md");

    @Test
    void anEventWithoutANameIsRefused() {
        record Nameless() implements DomainEvent {}
        assertThatThrownBy(() -> catalogue(Nameless.class)).hasMessageContaining("without @EventType");
    }

    @Test
    void twoEventsOfOneNameAreRefused() {
        @EventType(value = "test.happened", description = "Something happened.")
        record Happened(UUID id) implements DomainEvent {}
        @EventType(value = "test.happened", description = "Something else happened.")
        record HappenedToo(UUID id) implements DomainEvent {}
        assertThatThrownBy(() -> catalogue(Happened.class, HappenedToo.class)).hasMessageContaining("test.happened");
    }

    @Test
    void anEntryHasTheSchemaOfItsData() {
        @EventType(value = "test.happened", description = "Something happened.")
        record Happened(UUID id, Optional<String> why, List<Integer> when) implements DomainEvent {}
        assertThat(catalogue(Happened.class).entries()).singleElement().satisfies(entry -> {
            assertThat(entry.family()).isEqualTo("test");
            assertThat(entry.schema()).isEqualTo(Map.of("type", "object", "properties", Map.of(
                    "id", Map.of("type", "string", "format", "uuid"),
                    "why", Map.of("type", List.of("string", "null")),
                    "when", Map.of("type", "array", "items", Map.of("type", "integer")))));
        });
    }

    @Test
    void everyEventIsRegisteredAndNoneChangedInSilence() throws IOException {
        RegistryTests.compare();
    }

    /** Regenerate with {@code ./mvnw test -Dtest=CatalogueTests -Ddocs.write=true}. */
    @Test
    void theReferencePageShowsEveryEvent() throws IOException {
        var page = page();
        if (Boolean.getBoolean("docs.write")) Files.writeString(PAGE, page);
        assertThat(Files.readString(PAGE)).as("docs/reference/events.md is not up to date").isEqualTo(page);
    }

    private static String page() {
        var page = new StringBuilder("""
                # Events

                Every event type with its current version and data. Written by `CatalogueTests` (`-Ddocs.write=true`).
                The envelope around the data is described in [events.md](../events.md), and so is how an event changes.

                | type | version | meaning | data |
                | --- | --- | --- | --- |
                """);
        var entries = new Catalogue(programRecords(), Registry.committed()).entries();
        for (var entry : entries) {
            page.append("| `%s` | %d | %s | %s |\n"
                    .formatted(entry.type(), entry.version(), entry.description(), fields(entry.schema())));
        }
        page.append("""

                ## Earlier versions

                They stay in the log as they were written; whoever reads them meets the current version.

                | type | version | data |
                | --- | --- | --- |
                """);
        entries.forEach(entry -> entry.earlier().forEach((version, schema) ->
                page.append("| `%s` | %d | %s |\n".formatted(entry.type(), version, fields(schema)))));
        return page.toString();
    }

    private static String fields(Map<String, Object> schema) {
        return ((Map<?, ?>) schema.getOrDefault("properties", Map.of())).entrySet().stream()
                .map(field -> "`" + field.getKey() + "` " + words((Map<?, ?>) field.getValue()))
                .collect(java.util.stream.Collectors.joining(", "));
    }

    @SafeVarargs
    private static Catalogue catalogue(Class<? extends DomainEvent>... records) {
        return new Catalogue(List.of(records), new Registry(Map.of()));
    }

    private static String words(Map<?, ?> schema) {
        if (schema.get("enum") instanceof List<?> values) return String.join(" or ", values.stream().map(Object::toString).toList());
        var format = schema.get("format");
        var type = schema.get("type") instanceof List<?> either ? either.getFirst() + "?" : schema.containsKey("type") ? String.valueOf(schema.get("type")) : "any";
        if (schema.get("items") instanceof Map<?, ?> items) return "list of " + words(items);
        return format == null ? type : format + (type.endsWith("?") ? "?" : "");
    }

    /** Events of the program itself, not those that tests make up. */
    static List<Class<? extends DomainEvent>> programRecords() {
        return Catalogue.records().stream()
                .filter(event -> !event.getProtectionDomain().getCodeSource().getLocation().getPath().contains("test-classes"))
                .toList();
    }
}

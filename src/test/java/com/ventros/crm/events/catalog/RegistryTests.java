package com.ventros.crm.events.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was published once stays readable for ever. New types and versions are entered, with a fixture each, by
 * {@code ./mvnw test -Dtest=CatalogueTests -Ddocs.write=true}; a change of what is entered already is refused.
 */
class RegistryTests {

    private static final Path FILE = Path.of("src/main/resources/events/registry.json");
    private static final Path FIXTURES = Path.of("src/test/resources/events");
    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

    private static final Map<String, Object> TEXT = Map.of("type", "string");
    private static final Map<String, Object> MAYBE_TEXT = Map.of("type", List.of("string", "null"));

    @Test
    void everyFixtureHoldsTheFieldsOfItsVersion() {
        Registry.committed().types().forEach((type, versions) -> versions.forEach((version, schema) ->
                assertThat(new HashSet<>(read(fixture(type, version)).propertyNames()))
                        .as(type + " version " + version)
                        .containsAnyElementsOf(((Map<String, ?>) schema.get("properties")).keySet())
                        .isSubsetOf(((Map<String, ?>) schema.get("properties")).keySet())));
    }

    @Test
    void aFieldThatMayBeMissingIsNoNewVersion() {
        assertThat(problems(registered(Map.of("name", TEXT)), present(1, Map.of("name", TEXT, "nick", MAYBE_TEXT)))).isEmpty();
    }

    @Test
    void everyOtherChangeIsANewVersion() {
        var before = registered(Map.of("name", TEXT));
        assertThat(problems(before, present(1, Map.of("name", TEXT, "nick", TEXT)))).singleElement().asString().contains("version 2");
        assertThat(problems(before, present(1, Map.of("nick", MAYBE_TEXT)))).hasSize(1);
        assertThat(problems(before, present(1, Map.of("name", MAYBE_TEXT)))).hasSize(1);
        assertThat(problems(before, present(2, Map.of("name", MAYBE_TEXT)))).isEmpty();
    }

    @Test
    void aTypeNeverDisappearsAndNoVersionIsLeftOut() {
        assertThat(problems(registered(Map.of("name", TEXT)), List.of())).singleElement().asString().contains("no record");
        assertThat(problems(registered(Map.of("name", TEXT)), present(3, Map.of("name", TEXT)))).hasSize(1);
        assertThat(problems(new Registry(Map.of("test.named", Map.of(1, object(Map.of()), 2, object(Map.of())))),
                present(1, Map.of()))).hasSize(1);
    }

    /** The registry and what the program holds; new types and versions are entered when the reference is written. */
    static void compare() throws IOException {
        var registered = Registry.committed();
        var present = new Catalogue(CatalogueTests.programRecords(), registered).entries();
        assertThat(problems(registered, present)).isEmpty();

        var grown = new TreeMap<String, Map<Integer, Map<String, Object>>>();
        for (var entry : present) {
            var versions = new TreeMap<>(registered.types().getOrDefault(entry.type(), Map.of()));
            versions.put(entry.version(), entry.schema());
            grown.put(entry.type(), versions);
        }
        if (Boolean.getBoolean("docs.write")) write(grown);
        assertThat(JSON.readTree(Files.readAllBytes(FILE)))
                .as("an event is new or has a new field: run CatalogueTests with -Ddocs.write=true and commit what it wrote")
                .isEqualTo(JSON.valueToTree(grown));
        grown.forEach((type, versions) -> versions.keySet().forEach(version ->
                assertThat(fixture(type, version)).as("an example of " + type + " version " + version).exists()));
    }

    private static List<String> problems(Registry registered, List<Catalogue.Entry> present) {
        var problems = new ArrayList<String>();
        var now = new TreeMap<String, Catalogue.Entry>();
        present.forEach(entry -> now.put(entry.type(), entry));
        registered.types().keySet().stream().filter(type -> !now.containsKey(type))
                .forEach(type -> problems.add("no record reads the registered event " + type + " any more"));
        now.forEach((type, entry) -> {
            var known = new TreeMap<>(registered.types().getOrDefault(type, Map.of()));
            int last = known.isEmpty() ? 0 : known.lastKey();
            if (entry.version() != last && entry.version() != last + 1) {
                problems.add(type + " is version " + entry.version() + ", but the last one registered is " + last);
            } else if (entry.version() == last && !compatible(known.get(last), entry.schema())) {
                problems.add("%s changed: make it version %d, with an upcaster from version %d".formatted(type, last + 1, last));
            }
        });
        return problems;
    }

    /** Readers of before and of now understand each other: nothing but fields that may be missing has been added. */
    private static boolean compatible(Map<String, Object> before, Map<String, Object> now) {
        if (before.equals(now)) return true;
        if (!(before.get("properties") instanceof Map<?, ?> old) || !(now.get("properties") instanceof Map<?, ?> young)) return false;
        var rest = new TreeMap<>(before);
        rest.put("properties", young);
        return rest.equals(now)
                && old.entrySet().stream().allMatch(field -> young.get(field.getKey()) instanceof Map<?, ?> same
                        && compatible((Map<String, Object>) field.getValue(), (Map<String, Object>) same))
                && young.entrySet().stream().filter(field -> !old.containsKey(field.getKey())).allMatch(field ->
                        ((Map<?, ?>) field.getValue()).get("type") instanceof List<?> types && types.contains("null"));
    }

    private static void write(Map<String, Map<Integer, Map<String, Object>>> grown) throws IOException {
        Files.createDirectories(FILE.getParent());
        Files.writeString(FILE, JSON.writeValueAsString(grown) + "\n");
        for (var type : grown.entrySet()) {
            for (var version : type.getValue().entrySet()) {
                var file = fixture(type.getKey(), version.getKey());
                if (Files.exists(file)) continue;
                Files.createDirectories(file.getParent());
                Files.writeString(file, JSON.writeValueAsString(Example.of(version.getValue())) + "\n");
            }
        }
    }

    private static Path fixture(String type, int version) {
        return FIXTURES.resolve(type).resolve("v" + version + ".json");
    }

    private static JsonNode read(Path file) {
        return JSON.readTree(file.toFile());
    }

    private static Registry registered(Map<String, Object> fields) {
        return new Registry(Map.of("test.named", Map.of(1, object(fields))));
    }

    private static List<Catalogue.Entry> present(int version, Map<String, Object> fields) {
        return List.of(new Catalogue.Entry("test.named", version, "test", "Something got a name.", object(fields), Map.of()));
    }

    private static Map<String, Object> object(Map<String, Object> fields) {
        return Map.of("type", "object", "properties", fields);
    }
}

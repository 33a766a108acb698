package com.ventros.crm.channels.waha;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every sample delivery, held against its description in {@code waha/events/README.md}: the line expected for each is
 * in {@code waha/read-as.txt}, in the words of {@link Readable}.
 */
class TranslatorSamplesTests {

    private static final Path EVENTS = Path.of("src/test/resources/waha/events");
    private static final Path EXPECTED = Path.of("src/test/resources/waha/read-as.txt");
    private static final Instant RECEIVED = Instant.parse("2026-11-24T12:00:00Z");

    @TestFactory
    Stream<DynamicTest> eachDeliveryReadsAsDescribed() throws IOException {
        return expected().entrySet().stream().map(sample -> DynamicTest.dynamicTest(sample.getKey(), () -> {
            var body = Files.readAllBytes(EVENTS.resolve(sample.getKey() + ".json"));
            assertThat(Readable.line(new Translator().translate(body, RECEIVED))).isEqualTo(sample.getValue());
        }));
    }

    @Test
    void noDeliveryIsForgotten() throws IOException {
        try (var files = Files.list(EVENTS)) {
            var names = files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".json"))
                    .map(name -> name.substring(0, name.length() - ".json".length())).toList();
            assertThat(names).hasSize(159);
            assertThat(expected().keySet()).containsExactlyInAnyOrderElementsOf(names);
        }
    }

    /** A line with the file's name, and below it, indented, how it reads. */
    private static Map<String, String> expected() throws IOException {
        var expected = new LinkedHashMap<String, String>();
        var name = "";
        for (var line : Files.readAllLines(EXPECTED, StandardCharsets.UTF_8)) {
            if (line.startsWith("  ")) expected.put(name, line.strip());
            else if (!line.isBlank() && !line.startsWith("#")) name = line.strip();
        }
        return expected;
    }
}

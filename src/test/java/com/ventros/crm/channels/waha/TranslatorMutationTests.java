package com.ventros.crm.channels.waha;

import static org.assertj.core.api.Assertions.assertThat;

import com.ventros.crm.contacts.Sighting;
import com.ventros.crm.conversations.Incoming;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ContainerNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The samples, damaged in thousands of seeded ways: nothing throws, and nobody is invented. */
class TranslatorMutationTests {

    private static final int ROUNDS = 40;
    private static final Instant RECEIVED = Instant.parse("2026-11-24T12:00:00Z");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /** Digits in the samples that are no telephone numbers: groups, private ids, lists, newsletters. */
    private static final List<String> NO_PHONES = List.of("+120363", "+214816", "+100000000000", "+1540000000");
    private static final Set<String> OWN_NUMBERS = Set.of("+5511998000999", "+5521998000888", "+554198000777");

    private final Translator translator = new Translator();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void damagedDeliveriesNeverThrowAndInventNobody(long seed) throws IOException {
        var random = new Random(seed);
        var read = 0;
        for (var body : samples()) {
            for (int round = 0; round < ROUNDS; round++) {
                var damaged = damage(body, random);
                var translation = translator.translate(damaged, RECEIVED);
                read++;
                for (var person : people(translation)) {
                    person.phone().ifPresent(phone -> {
                        assertThat(NO_PHONES).noneMatch(phone.e164()::startsWith);
                        if (hasMe(damaged)) assertThat(OWN_NUMBERS).doesNotContain(phone.e164());
                    });
                }
            }
        }
        assertThat(read).isGreaterThan(6_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void bytesAtRandomNeverThrow(long seed) throws IOException {
        var random = new Random(seed);
        for (var body : samples()) {
            for (int round = 0; round < ROUNDS / 2; round++) {
                var damaged = body.clone();
                for (int n = 0; n < 5 && damaged.length > 0; n++) damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                assertThat(translator.translate(damaged, RECEIVED)).isNotNull();
            }
        }
    }

    @Test
    void deepNestingIsUnreadableAndNotAStackOverflow() {
        var deep = "{\"event\":\"message\",\"session\":\"s\",\"payload\":" + "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_001);
        assertThat(translator.translate(deep.getBytes(StandardCharsets.UTF_8), RECEIVED))
                .isInstanceOf(Translation.Unreadable.class);
    }

    private static List<byte[]> samples() throws IOException {
        try (var files = Files.list(Path.of("src/test/resources/waha/events"))) {
            var bodies = new ArrayList<byte[]>();
            for (var file : files.sorted().toList()) {
                var name = file.getFileName().toString();
                if (name.endsWith(".json") && !name.startsWith("huge")) bodies.add(Files.readAllBytes(file));
            }
            return bodies;
        }
    }

    private static byte[] damage(byte[] body, Random random) {
        JsonNode tree;
        try {
            tree = JSON.readTree(body);
        } catch (JacksonException brokenAlready) {
            return body;
        }
        if (!(tree instanceof ObjectNode)) return body;
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            var places = new ArrayList<ContainerNode<?>>();
            collect(tree, places);
            var place = places.get(random.nextInt(places.size()));
            if (place instanceof ObjectNode object && !object.isEmpty()) {
                var names = object.propertyNames().stream().filter(name -> !name.equals("me")).toList();
                if (names.isEmpty()) continue;
                var name = names.get(random.nextInt(names.size()));
                switch (random.nextInt(8)) {
                    case 0 -> object.remove(name);
                    case 1 -> object.putNull(name);
                    case 2 -> object.put(name, random.nextLong());
                    case 3 -> object.put(name, "");
                    case 4 -> object.put(name, "x_@_\u0000\ud83d" + "é".repeat(random.nextInt(300)));
                    case 5 -> object.putArray(name).add(1).add("a");
                    case 6 -> object.putObject(name).put("id", "true_@c.us_").put("message", true);
                    default -> object.put(name, random.nextBoolean());
                }
            } else if (place instanceof ArrayNode array) {
                array.add(NODES.nullNode());
                array.add(random.nextDouble());
            }
        }
        var text = JSON.writeValueAsBytes(tree);
        return random.nextInt(10) == 0 ? java.util.Arrays.copyOf(text, random.nextInt(text.length)) : text;
    }

    private static void collect(JsonNode node, List<ContainerNode<?>> into) {
        if (node instanceof ContainerNode<?> container) into.add(container);
        for (var child : node) collect(child, into);
    }

    private static boolean hasMe(byte[] body) {
        return new String(body, StandardCharsets.UTF_8).contains("\"me\":{\"id\":\"55");
    }

    private static List<Sighting> people(Translation translation) {
        if (!(translation instanceof Translation.Conversation conversation)) return List.of();
        var people = new ArrayList<Sighting>();
        for (var incoming : conversation.incoming()) {
            incoming.chat().customer().ifPresent(people::add);
            var also = switch (incoming) {
                case Incoming.Message m -> m.author();
                case Incoming.Reacted r -> r.reactor();
                case Incoming.Voted v -> v.voter();
                default -> Optional.<Sighting>empty();
            };
            also.ifPresent(people::add);
        }
        return people;
    }
}

package com.ventros.crm.events.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every event type and version that was ever published, with its schema. The file is committed and only ever grows:
 * events of every version are kept in the log, and somebody may replay them years later.
 *
 * @param types schema by type and version
 */
record Registry(Map<String, Map<Integer, Map<String, Object>>> types) {

    private static final String FILE = "/events/registry.json";

    static Registry committed() {
        try (InputStream file = Registry.class.getResourceAsStream(FILE)) {
            if (file == null) return new Registry(Map.of());
            return new Registry(JsonMapper.shared().readValue(file.readAllBytes(),
                    new TypeReference<TreeMap<String, Map<Integer, Map<String, Object>>>>() {}));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(FILE + " cannot be read", unreadable);
        }
    }

    /** The schemas of a type's versions before this one. */
    Map<Integer, Map<String, Object>> before(String type, int version) {
        var earlier = new TreeMap<>(types.getOrDefault(type, Map.of()));
        earlier.keySet().removeIf(known -> known >= version);
        return earlier;
    }
}

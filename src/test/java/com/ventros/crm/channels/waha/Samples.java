package com.ventros.crm.channels.waha;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Deliveries as WAHA would make them, each with the signature that WAHA would give it. */
public final class Samples {

    /** What the samples are signed with. */
    public static final String SECRET = "waha-test-hmac-key";

    private static final Path FOLDER = Path.of("src/test/resources/waha/events");

    private Samples() {}

    /** File names with their signatures. */
    public static Map<String, String> signatures() {
        var signatures = new TreeMap<String, String>();
        try {
            for (var line : Files.readAllLines(FOLDER.resolve("SIGNATURES.txt"))) {
                var parts = line.split("\\s+");
                if (parts.length == 2) signatures.put(parts[1], parts[0]);
            }
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
        return signatures;
    }

    public static byte[] body(String name) {
        try {
            return Files.readAllBytes(FOLDER.resolve(name));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}

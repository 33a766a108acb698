package com.ventros.crm.media;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.tika.Tika;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/** Tells what a file is by its bytes; its name only refines that, for instance a ZIP into an office document. */
@Component
class Sniffer {

    /** The container's name, which browsers and WhatsApp know, instead of what is in it. */
    private static final Map<String, String> USUAL = Map.of("audio/opus", "audio/ogg", "audio/vorbis", "audio/ogg",
            "application/ogg", "audio/ogg", "audio/x-oggflac", "audio/ogg", "application/mp4", "video/mp4",
            "video/x-m4v", "video/mp4", "audio/x-wav", "audio/wav",
            "audio/vnd.wave", "audio/wav");

    private static final String QUICKTIME = "video/quicktime";
    /** Length and name of the first atom, then its brand, of four bytes each. */
    private static final int BRAND_ENDS = 12;

    /** Reads its table of types when the first file comes, and not when the program starts. */
    private final Supplier<Tika> tika = SingletonSupplier.of(Tika::new);

    String typeOf(Path file, Optional<String> name) throws IOException {
        try (var bytes = new BufferedInputStream(Files.newInputStream(file))) {
            var type = tika.get().detect(bytes, name.map(FileName::clean).orElse(null));
            return type.equals(QUICKTIME) && isMp4(file) ? "video/mp4" : USUAL.getOrDefault(type, type);
        }
    }

    /** Tika takes every film in QuickTime's container for QuickTime's; most are MP4, and say so in their brand. */
    private static boolean isMp4(Path file) throws IOException {
        try (var bytes = Files.newInputStream(file)) {
            var beginning = new String(bytes.readNBytes(BRAND_ENDS), StandardCharsets.ISO_8859_1);
            return beginning.startsWith("ftyp", BRAND_ENDS - 8) && !beginning.endsWith("qt  ");
        }
    }
}

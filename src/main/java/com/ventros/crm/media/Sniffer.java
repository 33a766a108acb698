package com.ventros.crm.media;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
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

    private static final Set<String> MAY_BE_SOUND = Set.of("video/mp4", "video/webm", "audio/webm", "video/x-matroska", "audio/x-matroska",
            "application/x-matroska");
    private static final int TRACKS_WITHIN = 16 * 1024;
    private static final String EBML = "\u001A\u0045\u00DF\u00A3";
    private static final Pattern WEBM_SOUND = Pattern.compile("A_OPUS|A_VORBIS");
    private static final Pattern WEBM_FILM = Pattern.compile("V_VP8|V_VP9|V_AV1|V_MPEG");
    /** The type of a track stands eight bytes after the name of the atom that holds it. */
    private static final Pattern MP4_SOUND = Pattern.compile("hdlr.{8}soun", Pattern.DOTALL);
    private static final Pattern MP4_FILM = Pattern.compile("hdlr.{8}vide", Pattern.DOTALL);

    /** Reads its table of types when the first file comes, and not when the program starts. */
    private final Supplier<Tika> tika = SingletonSupplier.of(Tika::new);

    String typeOf(Path file, Optional<String> name) throws IOException {
        try (var bytes = new BufferedInputStream(Files.newInputStream(file))) {
            var type = tika.get().detect(bytes, name.map(FileName::clean).orElse(null));
            var usual = type.equals(QUICKTIME) && isMp4(file) ? "video/mp4" : USUAL.getOrDefault(type, type);
            return sound(usual, file).orElse(usual);
        }
    }

    /** What browsers record with the microphone is in containers of films, and tells its tracks at the beginning. */
    private static Optional<String> sound(String type, Path file) throws IOException {
        if (!MAY_BE_SOUND.contains(type)) return Optional.empty();
        try (var bytes = Files.newInputStream(file)) {
            var beginning = new String(bytes.readNBytes(TRACKS_WITHIN), StandardCharsets.ISO_8859_1);
            if (beginning.startsWith(EBML) && beginning.contains("webm")) {
                return WEBM_SOUND.matcher(beginning).find() && !WEBM_FILM.matcher(beginning).find() ? Optional.of("audio/webm") : Optional.of("video/webm");
            }
            return MP4_SOUND.matcher(beginning).find() && !MP4_FILM.matcher(beginning).find() ? Optional.of("audio/mp4") : Optional.empty();
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

package com.ventros.crm.http;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Where a page ended: the sort key of its last row. Opaque to callers, and never trusted: whatever a caller makes up is
 * either a possible position or a {@link Malformed} request.
 */
public final class Cursor {

    /** The longest sort key is a name of 200 characters with four bytes each, and an id. */
    private static final int MAX_LENGTH = 1_200;
    /** Cannot occur in the parts, which are numbers, times, ids and names. */
    private static final String SEPARATOR = "\u001f";

    private final List<String> parts;

    private Cursor(List<String> parts) {
        this.parts = parts;
    }

    /** The position after a row with this sort key. */
    public static Cursor after(Object... parts) {
        return new Cursor(Arrays.stream(parts).map(Object::toString).toList());
    }

    /** Reads what {@link #encoded()} wrote. */
    public static Cursor parse(String encoded) {
        if (encoded.length() > MAX_LENGTH) throw invalid();
        try {
            var bytes = Base64.getUrlDecoder().decode(encoded);
            var text = StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(bytes)).toString();
            if (text.isEmpty() || text.indexOf('\0') >= 0) throw invalid();
            return new Cursor(List.of(text.split(SEPARATOR, -1)));
        } catch (IllegalArgumentException | CharacterCodingException hostile) {
            throw invalid();
        }
    }

    public String encoded() {
        var text = parts.stream().collect(Collectors.joining(SEPARATOR));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    public UUID uuid(int index) {
        try {
            return UUID.fromString(text(index));
        } catch (IllegalArgumentException hostile) {
            throw invalid();
        }
    }

    public Instant instant(int index) {
        return Moments.read(text(index)).orElseThrow(Cursor::invalid);
    }

    public long number(int index) {
        try {
            return Long.parseLong(text(index));
        } catch (NumberFormatException hostile) {
            throw invalid();
        }
    }

    public String text(int index) {
        if (index >= parts.size()) throw invalid();
        return parts.get(index);
    }

    private static Malformed invalid() {
        return new Malformed("cursor_invalid", "The cursor is not one that a page of this list gave.");
    }
}

package com.ventros.crm.kernel;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Constants as the API and the events spell them: in small letters. */
public final class Codes {

    private Codes() {}

    /** {@code LEAST_BUSY} is {@code least_busy}. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Which of the allowed ones somebody typed; refused, naming all of them, when it is none. */
    @SafeVarargs
    public static <E extends Enum<E>> E read(String field, String typed, E... allowed) {
        return Arrays.stream(allowed).filter(one -> of(one).equals(typed)).findFirst().orElseThrow(() ->
                Refusal.invalid(field, "invalid",
                        "Say one of " + Arrays.stream(allowed).map(Codes::of).collect(Collectors.joining(", ")) + "."));
    }
}

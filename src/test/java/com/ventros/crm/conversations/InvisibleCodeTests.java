package com.ventros.crm.conversations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.Normalizer;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InvisibleCodeTests {

    private static final int TRIES = 20_000;
    /** What texts are made of: words, blanks of every kind, emoji that are joined and selected, marks, and both directions. */
    private static final List<String> PIECES = List.of("a", "Olá", "ção", "e\u0301", "\u0301", " ", "  ", "\n", "\u00a0", "\u2003", "\u3000", "😍", "❤️", "👨‍👩‍👧‍👦",
            "🏳️‍🌈", "👍🏽", "1️⃣", "🇧🇷", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "שלום", "مرحبا", "می‌خواهم", "क्‍ष", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u202b", "\u202c", "\u2066",
            "\u2069", "\ufe0e", "\ufe0f", "\ufeff", "\u00ad", "\u180e", "漢字", "สวัสดี", "?", "!", "https://exemplo.com.br", "\uD83D", "\uDE0D");

    /** Of one piece at a time, what may come into the middle of it. */
    private static final List<String> STRAY = List.of(" ", "\n", "\r\n", "\u00a0", "\u3000", "😍", "\u200d", "\ufe0f", "\u200b", "\u200e", "🏽", "👍🏽", "e\u0301", "Oi", "\uD83D");

    private final Random random = new Random(20261126);

    @Test
    void whatIsHiddenIsFoundAndLeavesTheTextAsItWas() {
        for (int i = 0; i < TRIES; i++) {
            var text = text();
            var code = code();
            var hidden = InvisibleCode.hide(text, code);
            assertThat(InvisibleCode.find(hidden)).as(text).contains(new InvisibleCode.Found(code, text));
        }
    }

    @Test
    void whatIsWrittenAroundItDoesNotMatter() {
        for (int i = 0; i < TRIES; i++) {
            var code = code();
            String before = text(), text = text(), after = text();
            assertThat(InvisibleCode.find(before + InvisibleCode.hide(text, code) + after)).contains(new InvisibleCode.Found(code, before + text + after));
        }
    }

    /** Clients trim the ends, and some make one blank of several or another of it. */
    @Test
    void changedBlanksAndNormalFormsDoNotMatter() {
        for (int i = 0; i < TRIES; i++) {
            var code = code();
            var hidden = InvisibleCode.hide("Oi " + text(), code);
            var form = Normalizer.Form.values()[random.nextInt(4)];
            for (var changed : List.of(hidden.strip(), hidden.trim(), " \n" + hidden + "\t ", hidden.replaceAll("\\s+", " "), hidden.replace(" ", "  "),
                    Normalizer.normalize(hidden, form), hidden.replace("\u200d", ""))) {
                assertThat(InvisibleCode.find(changed).map(InvisibleCode.Found::code)).contains(code);
            }
        }
    }

    @Test
    void textsWithoutACodeHaveNoneAndStayAsTheyAre() {
        for (int i = 0; i < TRIES; i++) {
            var text = text();
            assertThat(InvisibleCode.find(text)).isEmpty();
            assertThat(InvisibleCode.without(text)).isSameAs(text);
        }
    }

    /** Some programs put a blank, a line's end, an emoji or its invisible parts anywhere; what they put there stays in the text. */
    @Test
    void whatCameBetweenItsCharactersDoesNotMatter() {
        for (int i = 0; i < TRIES; i++) {
            var code = code();
            String before = text(), after = text();
            var hidden = InvisibleCode.hide("", code);
            var mixed = new StringBuilder(before);
            var seen = new StringBuilder(before);
            for (int at = 0; at < hidden.length(); at++) {
                mixed.append(hidden.charAt(at));
                if (at == hidden.length() - 1 || random.nextInt(8) > 0) continue;
                var piece = STRAY.get(random.nextInt(STRAY.size()));
                mixed.append(piece);
                seen.append(piece);
            }
            assertThat(InvisibleCode.find(mixed.append(after).toString())).contains(new InvisibleCode.Found(code, seen.append(after).toString()));
        }
    }

    /** Nothing goes on looking for the other end of a frame through a long text. */
    @Test
    void whatIsFarApartIsNoCode() {
        var hidden = InvisibleCode.hide("", code());
        assertThat(InvisibleCode.find(hidden.substring(0, 9) + "a".repeat(1_000) + hidden.substring(9))).isEmpty();
        var frames = "\u2060".repeat(50_000) + " ";
        assertThat(InvisibleCode.find(frames)).isEmpty();
        assertThat(InvisibleCode.find(frames + hidden).map(InvisibleCode.Found::text)).contains(frames);
    }

    /** Texts that are full of its characters are codes as seldom as the checksum says: about one in 65,536 frames of the right length. */
    @Test
    void itsCharactersByChanceAreNoCode() {
        for (int i = 0; i < TRIES; i++) {
            var text = IntStream.range(0, random.nextInt(120)).mapToObj(_ -> random.nextInt(3) > 0 ? "" + (char) ('\u2060' + random.nextInt(5)) : text())
                    .collect(Collectors.joining());
            assertThat(InvisibleCode.find(text)).as(text).isEmpty();
            assertThat(InvisibleCode.without(text)).isSameAs(text);
        }
    }

    /** Any part of it that is missing or changed. */
    @Test
    void aDamagedCodeIsNone() {
        for (int i = 0; i < TRIES; i++) {
            var hidden = InvisibleCode.hide("", code());
            int from = random.nextInt(hidden.length());
            int to = from + 1 + random.nextInt(hidden.length() - from);
            var truncated = hidden.substring(0, from) + hidden.substring(to);
            assertThat(InvisibleCode.find("Oi" + truncated + " tudo bem")).isEmpty();
            var other = (char) ('\u2060' + random.nextInt(5));
            if (hidden.charAt(from) != other) {
                var changed = hidden.substring(0, from) + other + hidden.substring(from + 1);
                assertThat(InvisibleCode.find(changed)).as("one character changed").isEmpty();
                assertThat(InvisibleCode.without(changed)).isEqualTo(changed);
            }
        }
    }

    @Test
    void ofSeveralTheFirstCountsAndNoneIsLeft() {
        var twice = InvisibleCode.hide("Olá tudo bem", 7) + " " + InvisibleCode.hide("Oi", 8);
        assertThat(InvisibleCode.find(twice)).contains(new InvisibleCode.Found(7, "Olá tudo bem Oi"));
        assertThat(InvisibleCode.find("\u2060" + twice).map(InvisibleCode.Found::text)).as("a frame of nobody's").contains("\u2060Olá tudo bem Oi");
    }

    @Test
    void nothingOfItIsSeenTrimmedOrTakenForABlank() {
        var hidden = InvisibleCode.hide("", (1L << InvisibleCode.BITS) - 1) + InvisibleCode.hide("", 0x1B_1B1B_1B1BL);
        assertThat(hidden.chars()).allMatch(one -> Character.getType(one) == Character.FORMAT).noneMatch(Character::isWhitespace);
        assertThat(Pattern.compile("[\\p{IsWhite_Space}\\p{IsEmoji}\\p{IsEmoji_Component}]").matcher(hidden).find()).isFalse();
        assertThat(InvisibleCode.hide("Olá! Tudo bem?", 5)).startsWith("Olá!").endsWith(" Tudo bem?");
        for (long none : new long[] {-1, 1L << InvisibleCode.BITS}) {
            assertThatThrownBy(() -> InvisibleCode.hide("x", none)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private long code() {
        return random.nextLong() >>> Long.SIZE - InvisibleCode.BITS;
    }

    private String text() {
        return IntStream.range(0, random.nextInt(8)).mapToObj(_ -> PIECES.get(random.nextInt(PIECES.size()))).collect(Collectors.joining());
    }
}

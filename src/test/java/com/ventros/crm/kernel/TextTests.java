package com.ventros.crm.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTests {

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\r\n", "\u00a0", "\u00a0\u200b\ufeff", "\u00ad", "\u034f", "\u115f\u1160", "\u180e", "\u2000\u2003\u200a", "\u200d\u200e\u202e",
            "\u2028\u2029", "\u2060\u2061\u2064", "\u2800", "\u3000", "\u3164", "\ufe0f", "\uffa0", "\udb40\udc01", "\u0085"})
    void nobodySeesBlanksAndSignsThatSteerOthers(String text) {
        assertThat(Text.isInvisible(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "Oi", "\u200bOi\ufeff", "1\ufe0f\u20e3", "\u2764\ufe0f", "\ud83d\udc4d", "\u0645\u200c", "\u00e3", "a\u0303", "\u2060\u2061Oi"})
    void whatShowsAnythingIsSeen(String text) {
        assertThat(Text.isInvisible(text)).isFalse();
    }
}

package com.ventros.crm.conversations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ventros.crm.conversations.SearchedText.Match;
import com.ventros.crm.kernel.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchedTextTests {

    @Test
    void wordsAreFoundByTheirBeginningsWithoutCapitalsAndAccents() {
        var text = "Olá! Quero AÇÚCAR, e ação rápida.";
        assertThat(SearchedText.typed("acu rap").in(text)).containsExactly(new Match(11, 14), new Match(26, 29));
        assertThat(SearchedText.typed("ola").in(text)).containsExactly(new Match(0, 3));
        assertThat(SearchedText.typed("car").in(text)).as("not from the middle").isEmpty();
        assertThat(SearchedText.typed("e").in(text)).as("a letter is a word of its own").containsExactly(new Match(19, 20));
    }

    @Test
    void placesAreCountedAsJavaScriptCountsThem() {
        assertThat(SearchedText.typed("oi").in("😀😀 oi😀oi")).containsExactly(new Match(5, 7), new Match(9, 11));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "!?", "😀", "a b c d e f g h i j k"})
    void whatHasNoWordOrTooManyIsRefused(String typed) {
        assertThatThrownBy(() -> SearchedText.typed(typed)).isInstanceOf(Refusal.class);
    }
}

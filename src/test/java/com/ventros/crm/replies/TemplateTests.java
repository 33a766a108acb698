package com.ventros.crm.replies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ventros.crm.kernel.Refusal;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTests {

    private static final Set<String> KNOWN = Set.of("contact.name", "agent.name");

    @Test
    void gapsAreFilledWithValuesThenDefaults() {
        assertThat(fill("Olá, {{ contact.name | cliente }}! Aqui é {{agent.name}}.", Map.of("contact.name", "Ana", "agent.name", "Bia")))
                .isEqualTo(new Template.Filled("Olá, Ana! Aqui é Bia.", java.util.List.of()));
        assertThat(fill("Olá, {{contact.name|cliente}}{{agent.name|}}", Map.of()).text()).isEqualTo("Olá, cliente");
    }

    @Test
    void aGapWithoutValueAndDefaultStaysAndIsTold() {
        var filled = fill("{{contact.name}} e {{contact.name}}", Map.of());
        assertThat(filled.text()).isEqualTo("{{contact.name}} e {{contact.name}}");
        assertThat(filled.missing()).containsExactly("contact.name");
    }

    @Test
    void aValueThatLooksLikeAVariableIsOnlyWords() {
        assertThat(fill("{{contact.name}}", Map.of("contact.name", "{{agent.name}}", "agent.name", "Bia")).text())
                .isEqualTo("{{agent.name}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{", "Olá {{contact.name", "{{contact.name}", "{{}}", "{{contact.nome}}", "{{CONTACT.NAME}}", "{{{contact.name}}}", "{{contact.name|{{contact.name}}}}"})
    void whatIsNoVariableIsRefusedWhenItIsWritten(String text) {
        assertThatThrownBy(() -> Template.read(text, KNOWN::contains)).isInstanceOf(Refusal.class);
    }

    /** Whatever is between the gaps comes out as it went in. */
    @Test
    void wordsStayAsTheyAre() {
        var random = new Random(20261126);
        for (var round = 0; round < 2_000; round++) {
            var text = new StringBuilder();
            for (var length = random.nextInt(40); length > 0; length--) text.append("{} |\\$áç😀\n".codePointAt(random.nextInt(9) % 8));
            var words = text.toString().replace("{{", "{ {");
            assertThat(fill(words + " {{contact.name}} " + words, Map.of("contact.name", "$1 \\ {"))).isEqualTo(
                    new Template.Filled(words + " $1 \\ { " + words, java.util.List.of()));
        }
    }

    private static Template.Filled fill(String text, Map<String, String> values) {
        return Template.read(text, KNOWN::contains).fill(variable -> Optional.ofNullable(values.get(variable)));
    }
}

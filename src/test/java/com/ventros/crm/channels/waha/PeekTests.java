package com.ventros.crm.channels.waha;

import static org.assertj.core.api.Assertions.assertThat;

import com.ventros.crm.channels.waha.Peek.Broken;
import com.ventros.crm.channels.waha.Peek.Envelope;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeekTests {

    @Test
    void eventAndSessionAreFoundWhereverTheyStand() {
        assertThat(at("""
                {"payload":{"event":"no","session":["no"]},"session":"vendas","x":null,"event":"message"}"""))
                .isEqualTo(new Envelope("message", "vendas"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\1', value = {
            "                                              | not_an_object",
            "[]                                            | not_an_object",
            "null                                          | not_an_object",
            "event=message                                 | not_json",
            "{\"event\":\"message\",\"session\":\"a        | not_json",
            "{\"event\":\"message\",\"session\":\"a\"} {}  | not_json",
            "{\"session\":\"a\"}                           | event_missing",
            "{\"event\":7,\"session\":\"a\"}               | event_missing",
            "{\"event\":\"message\"}                       | session_missing",
            "{\"event\":\"message\",\"session\":\" \"}     | session_missing"})
    void whatWahaNeverSendsIsNamed(String body, String code) {
        assertThat(at(body == null ? "" : body)).isInstanceOfSatisfying(Broken.class,
                broken -> assertThat(broken.code()).isEqualTo(code));
    }

    @Test
    void aNestThatNeverEndsIsNoJson() {
        assertThat(at("{\"a\":" + "[".repeat(100_000))).isInstanceOf(Broken.class);
    }

    private static Peek at(String body) {
        return Peek.at(body.getBytes(StandardCharsets.UTF_8));
    }
}

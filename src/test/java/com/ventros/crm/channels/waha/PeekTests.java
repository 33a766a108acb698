package com.ventros.crm.channels.waha;

import static org.assertj.core.api.Assertions.assertThat;

import com.ventros.crm.channels.waha.Peek.OfNobody;
import com.ventros.crm.channels.waha.Peek.OfSession;
import com.ventros.crm.channels.waha.Peek.Unreadable;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeekTests {

    @Test
    void theSessionIsFoundWhereverItStands() {
        assertThat(at("""
                {"payload":{"event":"no","session":["no"]},"session":"vendas","x":null,"event":"message"}"""))
                .isEqualTo(new OfSession("vendas"));
        assertThat(at("{\"session\":\"a\"}")).as("that there is no event is found out later").isEqualTo(new OfSession("a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "event=message", "{\"event\":\"message\",\"session\":\"a", "{\"event\":\"message\",\"session\":\"a\"} {}"})
    void whatIsNotOneObjectSaysNothing(String body) {
        assertThat(at(body)).isEqualTo(new Unreadable());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"event\":\"message\"}", "{\"event\":\"message\",\"session\":\" \"}", "{\"event\":\"message\",\"session\":7}"})
    void anObjectMayNameNoSession(String body) {
        assertThat(at(body)).isEqualTo(new OfNobody());
    }

    @Test
    void aNestThatNeverEndsIsNoJson() {
        assertThat(at("{\"a\":" + "[".repeat(100_000))).isEqualTo(new Unreadable());
    }

    private static Peek at(String body) {
        return Peek.at(body.getBytes(StandardCharsets.UTF_8));
    }
}

package com.ventros.crm.channels.waha;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Forms that the contract tells of and the samples do not show. */
class TranslatorCasesTests {

    private static final Instant RECEIVED = Instant.parse("2026-02-10T12:00:00Z");
    private static final String OURS = "{\"id\":\"5511998000999@c.us\",\"lid\":\"100000000000999@lid\"}";

    @Test
    void numberOfFourHundredDigitsIsNoTime() {
        assertThat(message("GOWS", OURS, "\"id\":\"false_5511998000101@c.us_A1\",\"body\":\"oi\",\"timestamp\":" + "9".repeat(400)))
                .isEqualTo("in A1 TEXT \"oi\" chat=5511998000101@c.us with +5511998000101 at=2026-02-10T12:00:00Z");
    }

    @Test
    void blanksAreKeptAsTheyCame() {
        assertThat(message("GOWS", OURS, "\"id\":\"false_5511998000101@c.us_A1\",\"body\":\" \""))
                .startsWith("in A1 TEXT \" \"");
    }

    @Test
    void noteToSelfIsNoChatEvenWhenOurNumberIsNotTold() {
        var phone = "\"id\":\"true_5511998000999@c.us_A1\",\"fromMe\":true,\"body\":\"x\"";
        assertThat(message("GOWS", "null", phone + ",\"_data\":{\"Info\":{\"Chat\":\"5511998000999@s.whatsapp.net\","
                + "\"Sender\":\"5511998000999:12@s.whatsapp.net\"}}")).isEqualTo("ignored note_to_self");
        assertThat(message("WEBJS", "null", phone + ",\"_data\":{\"id\":{\"remote\":\"5511998000999@c.us\"},"
                + "\"from\":\"5511998000999@c.us\",\"type\":\"chat\"}")).isEqualTo("ignored note_to_self");
    }

    @Test
    void ourGroupMessageIsOursThoughNowebSaysNo() {
        assertThat(message("NOWEB", OURS, "\"id\":\"false_120363400000000101@g.us_A1\",\"fromMe\":false,\"body\":\"oi\","
                + "\"participant\":\"100000000000999@lid\"")).startsWith("out A1 TEXT \"oi\" group=120363400000000101@g.us");
    }

    @Test
    void bareIdWithoutDirectionTakesItFromTheEngine() {
        assertThat(message("GOWS", OURS, "\"id\":\"A1\",\"body\":\"oi\",\"_data\":{\"Info\":{\"IsFromMe\":true,"
                + "\"Chat\":\"214816000000104@lid\",\"Sender\":\"100000000000999@lid\","
                + "\"RecipientAlt\":\"5521998000104@s.whatsapp.net\"}}"))
                .startsWith("out A1 TEXT \"oi\" chat=214816000000104@lid with +5521998000104/214816000000104");
    }

    @Test
    void emptyContextOfABrowserIsNoAd() {
        assertThat(message("WEBJS", OURS, "\"id\":\"false_5511998000101@c.us_A1\",\"body\":\"oi\","
                + "\"_data\":{\"type\":\"chat\",\"ctwaContext\":{\"sourceUrl\":null,\"title\":\"\"}}")).doesNotContain("ad{");
    }

    @Test
    void weAreNeverTheReaderOfOurGroupMessage() {
        assertThat(delivery("message.ack", "GOWS", OURS, "\"id\":\"true_120363400000000101@g.us_A1_5511998000999@c.us\","
                + "\"from\":\"120363400000000101@g.us\",\"fromMe\":true,\"ack\":3"))
                .isEqualTo("ack READ of A1 group=120363400000000101@g.us at=2026-02-10T12:00:00Z");
    }

    @Test
    void readingAGroupElsewhereUnderABareIdIsNoDelivery() {
        assertThat(delivery("message.ack", "NOWEB", OURS, "\"id\":\"A1\",\"from\":\"120363400000000101@g.us\","
                + "\"fromMe\":false,\"ack\":3")).startsWith("read elsewhere A1");
    }

    @Test
    void callWithoutCallerIsFoundInTheEnginesData() {
        assertThat(delivery("call.received", "NOWEB", OURS, "\"id\":\"C1\",\"_data\":{\"from\":\"5511998000102@s.whatsapp.net\"}"))
                .startsWith("call RECEIVED C1 voice chat=5511998000102@c.us with +5511998000102");
    }

    private static String message(String engine, String me, String payload) {
        return delivery("message.any", engine, me, payload);
    }

    private static String delivery(String event, String engine, String me, String payload) {
        var body = "{\"event\":\"%s\",\"session\":\"s\",\"engine\":\"%s\",\"me\":%s,\"payload\":{%s}}"
                .formatted(event, engine, me, payload);
        return Readable.line(new Translator().translate(body.getBytes(StandardCharsets.UTF_8), RECEIVED));
    }
}

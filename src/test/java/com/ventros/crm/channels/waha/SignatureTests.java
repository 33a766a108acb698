package com.ventros.crm.channels.waha;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SignatureTests {

    private static final byte[] BODY = "{\"event\":\"message\",\"session\":\"default\",\"engine\":\"WEBJS\"}".getBytes(UTF_8);
    private static final byte[] SECRET = "my-secret-key".getBytes(UTF_8);
    /** The test vector of WAHA's documentation. */
    private static final String FITTING = "208f8a55dde9e05519e898b10b89bf0d0b3b0fdf11fdbf09b6b90476301b98d8"
            + "097c462b2b17a6ce93b6b47a136cf2e78a33a63f6752c2c1631777076153fa89";

    @Test
    void wahasOwnExampleFits() {
        assertThat(Signature.fits(BODY, SECRET, FITTING)).isTrue();
    }

    @Test
    void nothingElseFits() {
        assertThat(Signature.fits(BODY, SECRET, null)).isFalse();
        assertThat(Signature.fits(BODY, SECRET, "")).isFalse();
        assertThat(Signature.fits(BODY, SECRET, FITTING.substring(1))).isFalse();
        assertThat(Signature.fits(BODY, "other".getBytes(UTF_8), FITTING)).isFalse();
        assertThat(Signature.fits((new String(BODY, UTF_8) + "\n").getBytes(UTF_8), SECRET, FITTING)).isFalse();
    }
}

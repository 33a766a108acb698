package com.ventros.crm.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LinkCodeTests {

    @Test
    void anAddressIsReadAsItWasWritten() {
        for (int i = 0; i < 10_000; i++) {
            var code = LinkCode.random();
            assertThat(code.text()).hasSize(8).matches("[0-9a-z]+");
            assertThat(LinkCode.read(code.text())).contains(code);
            assertThat(LinkCode.read(code.text().toUpperCase().replace('0', 'O').replace('1', 'l'))).as("as people copy it").contains(code);
        }
        assertThat(new LinkCode(0).text()).isEqualTo("00000000");
        assertThat(LinkCode.read("zzzzzzzz")).contains(new LinkCode((1L << 40) - 1));
        assertThat(List.of("", "zzzzzzz", "zzzzzzzzz", "uuuuuuuu", "zzzzzzz!", "İİİİİİİİ")).allSatisfy(none -> assertThat(LinkCode.read(none)).isEmpty());
    }
}

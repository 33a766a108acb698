package com.ventros.crm.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BoundedTests {

    @Test
    void aSettingThatOthersBuildUponIsKeptBelowTheirTime() {
        var minute = Duration.ofMinutes(1);
        assertThatCode(() -> Bounded.atMost(minute, "crm.waha.send-timeout", minute)).doesNotThrowAnyException();
        assertThatThrownBy(() -> Bounded.atMost(minute, "crm.waha.send-timeout", minute.plusMillis(1)))
                .hasMessageContaining("crm.waha.send-timeout").hasMessageContaining("at most PT1M");
        assertThatThrownBy(() -> Bounded.atMost(minute, "crm.waha.send-timeout", Duration.ZERO)).hasMessageContaining("more than nothing");
    }
}

package com.ventros.crm.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.ventros.crm.events.Broker.Lane;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RatesTests {

    @Test
    void aRateIsTheMeanOfTheLastTenWholeSeconds() {
        var second = new AtomicLong(1_000);
        var rates = new Rates(second::get);
        rates.published("a", Lane.BULK, 70);
        rates.published("a", Lane.BULK, 30);
        assertThat(rates.publishedPerSecond("a", Lane.BULK)).isZero();
        second.set(1_001);
        rates.published("a", Lane.BULK, 50);
        assertThat(rates.publishedPerSecond("a", Lane.BULK)).isEqualTo(10);
        second.set(1_010);
        assertThat(rates.publishedPerSecond("a", Lane.BULK)).isEqualTo(15);
        second.set(1_011);
        assertThat(rates.publishedPerSecond("a", Lane.BULK)).isEqualTo(5);
        second.set(1_030);
        assertThat(rates.publishedPerSecond("a", Lane.BULK)).isZero();
        assertThat(rates.publishedPerSecond("a", Lane.INTERACTIVE)).isZero();
        assertThat(rates.settledPerSecond("a", Lane.BULK)).isZero();
    }
}

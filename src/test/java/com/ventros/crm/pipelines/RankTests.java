package com.ventros.crm.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ventros.crm.kernel.Refusal;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RankTests {

    @Test
    void betweenAnyTwoThereIsRoomForOneMore() {
        for (int seed = 0; seed < 50; seed++) {
            var random = new Random(seed);
            var column = new ArrayList<Rank>();
            for (int i = 0; i < 400; i++) {
                int place = random.nextInt(column.size() + 1);
                column.add(place, Rank.between(place == 0 ? Optional.empty() : Optional.of(column.get(place - 1)),
                        place == column.size() ? Optional.empty() : Optional.of(column.get(place))));
            }
            assertThat(column).as("seed " + seed).extracting(Rank::text).isSorted().doesNotHaveDuplicates()
                    .allSatisfy(text -> assertThat(text).matches("[A-Za-z][0-9A-Za-z]*").hasSizeLessThan(40));
        }
    }

    @Test
    void ranksAtTheEndsOfAColumnStayShort() {
        var top = Optional.<Rank>empty();
        var end = Optional.<Rank>empty();
        for (int i = 0; i < 100_000; i++) {
            var before = top;
            top = Optional.of(Rank.between(Optional.empty(), top));
            if (before.isPresent()) assertThat(top.get().text()).isLessThan(before.get().text());
            end = Optional.of(Rank.between(end, Optional.empty()));
        }
        assertThat(top.get().text()).hasSizeLessThanOrEqualTo(5);
        assertThat(end.get().text()).hasSizeLessThanOrEqualTo(5);
    }

    /** Every card into the gap above the one before: a bit each, six of which a character holds. */
    @Test
    void aGapIsUsedUpOnlyByAboutAThousand() {
        var above = Rank.between(Optional.empty(), Optional.empty());
        var below = Rank.between(Optional.of(above), Optional.empty());
        int fitted = 0;
        while (fitted < 100_000) {
            try {
                below = Rank.between(Optional.of(above), Optional.of(below));
                fitted++;
            } catch (Refusal full) {
                assertThat(full.code()).isEqualTo("position_exhausted");
                break;
            }
        }
        assertThat(fitted).isBetween(900, 10_000);
    }

    @Test
    void whatIsNotInOrderHasNothingBetween() {
        var one = Rank.between(Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> Rank.between(Optional.of(one), Optional.of(one))).isInstanceOf(IllegalArgumentException.class);
    }
}

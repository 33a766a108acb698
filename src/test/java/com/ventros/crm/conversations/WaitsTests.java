package com.ventros.crm.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import com.ventros.crm.conversations.Waits.Heard;
import com.ventros.crm.conversations.Waits.Who;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WaitsTests {

    private static final Duration TIMEOUT = Duration.ofMinutes(30);
    private static final Instant NOON = Instant.parse("2026-02-10T12:00:00Z");

    @Test
    void aWaitBeginsWithTheFirstQuestionAndEndsWithAPersonsAnswer() {
        var waits = Waits.of(List.of(heard(0, Who.CUSTOMER), heard(2, Who.CUSTOMER), heard(3, Who.PROGRAM),
                heard(5, Who.PERSON), heard(6, Who.PERSON), heard(10, Who.CUSTOMER), heard(11, Who.PERSON)));
        assertThat(waits.firstResponseAt()).isEqualTo(at(5));
        assertThat(waits.answers()).isEqualTo(2);
        assertThat(waits.waitedMillis()).isEqualTo(6 * 60_000);
        assertThat(waits.longestMillis()).isEqualTo(5 * 60_000);
        assertThat(waits.waitingSince()).isNull();
        assertThat(waits.inbound()).isEqualTo(3);
        assertThat(waits.outbound()).isEqualTo(4);
    }

    @Test
    void whatWeSayFirstAnswersNobody() {
        var waits = Waits.of(List.of(heard(0, Who.PERSON), heard(5, Who.CUSTOMER), heard(6, Who.PROGRAM)));
        assertThat(waits.answers()).isZero();
        assertThat(waits.firstResponseAt()).isNull();
        assertThat(waits.waitingSince()).isEqualTo(at(5));
    }

    @Test
    void anAnswerOfTheSameSecondIsAnAnswer() {
        var waits = Waits.of(List.of(heard(5, Who.PERSON), heard(5, Who.CUSTOMER)));
        assertThat(waits.answers()).isEqualTo(1);
        assertThat(waits.waitedMillis()).isZero();
    }

    /** In whatever order it becomes known, and though most of it is only added, it is as if counted from the beginning. */
    @Test
    void theOrderOfKnowingLeavesNoTrace() {
        for (long seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            var all = new ArrayList<Heard>();
            for (int i = 2 + random.nextInt(30); i > 0; i--) all.add(heard(random.nextInt(25), Who.values()[random.nextInt(3)]));
            Collections.shuffle(all, random);
            if (random.nextBoolean()) all.sort(java.util.Comparator.comparing(Heard::at)); // ties stay shuffled
            var session = Session.startedBy(ChatId.create(), all.getFirst(), TIMEOUT);
            var known = new ArrayList<Heard>(List.of(all.getFirst()));
            for (var heard : all.subList(1, all.size())) {
                session.hear(heard, TIMEOUT);
                known.add(heard);
                if (session.mustRecount()) session.recount(List.of());
                assertThat(session.waits()).as("seed %d after %s", seed, known).isEqualTo(Waits.of(known));
            }
            assertThat(session.messages()).isEqualTo(all.size());
        }
    }

    @Test
    void whatIsAddedInTheOrderOfTimeIsNeverCountedAnew() {
        var session = Session.startedBy(ChatId.create(), heard(0, Who.CUSTOMER), TIMEOUT);
        for (int minute = 1; minute < 30; minute++) {
            session.hear(heard(minute, Who.values()[minute % 3]), TIMEOUT);
            session.hear(heard(minute, minute % 3 == 0 ? Who.CUSTOMER : Who.PERSON), TIMEOUT);
        }
        assertThat(session.mustRecount()).isFalse();
    }

    private static Heard heard(int minute, Who who) {
        return new Heard(MessageId.create(), at(minute), who, Optional.empty());
    }

    private static Instant at(int minute) {
        return NOON.plus(Duration.ofMinutes(minute));
    }
}

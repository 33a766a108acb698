package com.ventros.crm.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import com.ventros.crm.kernel.Uuids;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChatSessionsTests {

    private static final Duration TIMEOUT = Duration.ofMinutes(30);
    private static final Instant NOON = Instant.parse("2026-02-10T12:00:00Z");

    private final ChatSessions sessions = new ChatSessions(ChatId.create(), List.of());

    @Test
    void aPauseAsLongAsTheTimeOutIsNoSilenceYet() {
        hear(0, 30);
        assertThat(spans()).containsExactly("0-30 x2");
        hear(61);
        assertThat(spans()).containsExactly("0-30 x2", "61-61 x1");
    }

    @Test
    void aMessageBetweenTwoSessionsJoinsThem() {
        hear(0, 50, 25);
        assertThat(spans()).containsExactly("0-50 x3");
        assertThat(sessions.absorbed()).hasSize(1);
    }

    @Test
    void onlyTheNewestMayBeOpenAndOnlyUntilItsDeadline() {
        hear(0, 100);
        sessions.settle(at(110));
        assertThat(sessions.present().stream().filter(Session::isOpen)).singleElement()
                .extracting(Session::startedAt).isEqualTo(at(100));
        sessions.settle(at(130));
        assertThat(sessions.present()).noneMatch(Session::isOpen);
        assertThat(sessions.present().getLast().state())
                .isEqualTo(new Session.State.Ended(at(130), Session.End.SILENCE));
    }

    @Test
    void aClosedSessionIsAWall() {
        hear(0);
        sessions.present().getFirst().resolve(Session.End.CLOSED, at(5), new Session.Place(Uuids.v7(), Uuids.v7(), Uuids.v7()));
        hear(10, 3);
        assertThat(spans()).containsExactly("0-3 x2", "10-10 x1");
        assertThat(sessions.present().getFirst().closedAt()).isEqualTo(at(5));
    }

    @Test
    void anyOrderMakesTheSameSessions() {
        for (long seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            var times = new ArrayList<>(IntStream.range(0, 1 + random.nextInt(30)).mapToObj(_ -> random.nextInt(600)).toList());
            var expected = spans(clustersOf(times));
            Collections.shuffle(times, random);
            var some = new ChatSessions(ChatId.create(), List.of());
            var others = new ChatSessions(ChatId.create(), List.of());
            times.forEach(minute -> (random.nextBoolean() ? some : others).hear(heard(minute), TIMEOUT));
            var all = new ArrayList<>(some.present());
            all.addAll(others.present());
            var joined = new ChatSessions(ChatId.create(), all);
            joined.join();
            assertThat(spans(joined)).as("seed %d", seed).isEqualTo(expected);
        }
    }

    private static ChatSessions clustersOf(List<Integer> times) {
        var inOrder = new ChatSessions(ChatId.create(), List.of());
        times.stream().sorted().forEach(minute -> inOrder.hear(heard(minute), TIMEOUT));
        return inOrder;
    }

    private void hear(int... minutes) {
        for (int minute : minutes) sessions.hear(heard(minute), TIMEOUT);
    }

    private List<String> spans() {
        return spans(sessions);
    }

    private static List<String> spans(ChatSessions sessions) {
        return sessions.present().stream().sorted(Comparator.comparing(Session::startedAt))
                .map(one -> Duration.between(NOON, one.startedAt()).toMinutes() + "-"
                        + Duration.between(NOON, one.lastMessageAt()).toMinutes() + " x" + one.messages()).toList();
    }

    private static Waits.Heard heard(int minute) {
        return new Waits.Heard(MessageId.create(), at(minute), Waits.Who.CUSTOMER, Optional.empty());
    }

    private static Instant at(int minute) {
        return NOON.plus(Duration.ofMinutes(minute));
    }
}

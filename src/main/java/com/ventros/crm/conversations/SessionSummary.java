package com.ventros.crm.conversations;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a session was about, in short.
 *
 * @param by             who says so: {@code rules}
 * @param durationMillis from its first message to its last
 * @param firstQuestion  the first thing the customer asked, else the first they wrote; empty when they wrote nothing
 * @param lastMessage    empty when nothing of it is left
 */
public record SessionSummary(UUID sessionId, String by, String status, long durationMillis, SessionView.Counts counts,
        SessionView.ShownWaits waits, Optional<Line> firstQuestion, Optional<Line> lastMessage, List<String> outcomes,
        Optional<SessionView.ShownConversion> conversion, Optional<UUID> agentId) {

    /** Something that was said; {@code text} is cut, and empty for what has none. */
    public record Line(UUID messageId, String direction, String type, Optional<String> text, Instant at) {}
}

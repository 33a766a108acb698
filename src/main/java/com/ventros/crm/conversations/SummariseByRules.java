package com.ventros.crm.conversations;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What can be said of a session without understanding it. */
@Component
class SummariseByRules implements Summariser {

    @Override
    public SessionSummary summarise(SessionView.Shown session, List<SessionSummary.Line> said) {
        var customers = said.stream().filter(line -> line.direction().equals("inbound")).toList();
        var question = customers.stream().filter(line -> line.text().filter(text -> text.contains("?")).isPresent()).findFirst()
                .or(() -> customers.stream().filter(line -> line.text().isPresent()).findFirst());
        return new SessionSummary(session.id(), "rules", session.status(),
                Duration.between(session.startedAt(), session.lastMessageAt()).toMillis(), session.counts(), session.waits(), question,
                said.isEmpty() ? Optional.empty() : Optional.of(said.getLast()), session.outcomes(), session.conversion(), session.agentId());
    }
}

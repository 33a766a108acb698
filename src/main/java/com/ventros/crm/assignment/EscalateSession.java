package com.ventros.crm.assignment;

import com.ventros.crm.conversations.CareForSessions;
import com.ventros.crm.conversations.CareForSessions.To;
import com.ventros.crm.conversations.SessionId;
import com.ventros.crm.kernel.Refusal;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A session is more than whoever has it can do, and goes to whom they name, or to whom the rule says. */
@Component
public class EscalateSession {

    private final AssignmentRules rules;
    private final CareForSessions care;

    EscalateSession(AssignmentRules rules, CareForSessions care) {
        this.rules = rules;
        this.care = care;
    }

    /** {@code version} refuses unless it is the one that the person had before their eyes. */
    @Transactional
    public void handle(SessionId session, To named, Optional<String> priority, Optional<String> reason, LongConsumer version) {
        care.escalate(session, () -> named.equals(To.NOBODY) ? byRule(session) : named, priority, reason, version);
    }

    private To byRule(SessionId session) {
        return new To(Optional.empty(), Optional.of(rules.escalation(session).orElseThrow(() -> Refusal.conflict("escalation_unknown",
                "No rule says to whom this session is escalated; name an agent or a team."))));
    }
}

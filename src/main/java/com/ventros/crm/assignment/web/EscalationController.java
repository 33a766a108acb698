package com.ventros.crm.assignment.web;

import com.ventros.crm.agents.AgentId;
import com.ventros.crm.agents.TeamId;
import com.ventros.crm.assignment.EscalateSession;
import com.ventros.crm.conversations.CareForSessions;
import com.ventros.crm.conversations.SessionId;
import com.ventros.crm.conversations.SessionView;
import com.ventros.crm.http.IfMatch;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Requires;
import com.ventros.crm.kernel.Refusal;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Sessions that are more than whoever has them can do. */
@RestController
class EscalationController {

    /** To whom the rule says when both are missing; {@code priority} is high at least when it is. */
    record Escalation(UUID agentId, UUID teamId, String priority, String reason) {}

    private final EscalateSession escalate;
    private final SessionView view;

    EscalationController(EscalateSession escalate, SessionView view) {
        this.escalate = escalate;
        this.view = view;
    }

    /** Hands a session on as more urgent, to an agent, a team, or to whom the rule says. */
    @Requires(Permission.MESSAGE_SEND)
    @PostMapping("/api/v1/sessions/{id}/escalate")
    ResponseEntity<SessionView.Shown> escalate(@PathVariable UUID id, IfMatch seen, @RequestBody Escalation request) {
        escalate.handle(new SessionId(id), new CareForSessions.To(Optional.ofNullable(request.agentId()).map(AgentId::new),
                        Optional.ofNullable(request.teamId()).map(TeamId::new)),
                Optional.ofNullable(request.priority()), Optional.ofNullable(request.reason()), seen::mustBe);
        var session = view.find(new SessionId(id)).orElseThrow(() -> Refusal.notFound("session"));
        return IfMatch.ok(session.version(), session);
    }
}

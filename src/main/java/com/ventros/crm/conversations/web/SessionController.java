package com.ventros.crm.conversations.web;

import com.ventros.crm.agents.AgentId;
import com.ventros.crm.agents.TeamId;
import com.ventros.crm.conversations.CareForSessions;
import com.ventros.crm.conversations.SessionId;
import com.ventros.crm.conversations.SessionSummary;
import com.ventros.crm.conversations.SessionView;
import com.ventros.crm.conversations.SummariseSession;
import com.ventros.crm.http.Cursor;
import com.ventros.crm.http.IfMatch;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Paging;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Requires;
import com.ventros.crm.kernel.Refusal;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Stretches of conversation, and who cares for them. */
@RestController
@RequestMapping("/api/v1/sessions")
class SessionController {

    /** Nobody when both are missing. */
    record Assignee(UUID agentId, UUID teamId, String note) {
        CareForSessions.To to() {
            return new CareForSessions.To(Optional.ofNullable(agentId).map(AgentId::new),
                    Optional.ofNullable(teamId).map(TeamId::new));
        }
    }

    record Urgency(String priority, String reason) {}

    /** {@code reason} is {@code resolved} when it is missing. */
    record Ending(String reason, List<String> outcomes) {}

    record Change(List<String> outcomes) {}

    record Conversion(String outcome, Value value) {}

    /** In the currency's smallest parts. */
    record Value(Long amount, String currency) {}

    private final SessionView view;
    private final CareForSessions care;
    private final SummariseSession summarise;

    SessionController(SessionView view, CareForSessions care, SummariseSession summarise) {
        this.view = view;
        this.care = care;
        this.summarise = summarise;
    }

    /** Lists the sessions, the newest first. */
    @Requires(Permission.INBOX_READ)
    @GetMapping
    Page<SessionView.Shown> list(@RequestParam Optional<String> status, @RequestParam Optional<UUID> agentId,
            @RequestParam Optional<UUID> teamId, @RequestParam Optional<UUID> channelId,
            @RequestParam Optional<UUID> contactId, @RequestParam Optional<UUID> chatId,
            @RequestParam Optional<String> priority, @RequestParam Optional<Boolean> assigned,
            @RequestParam Optional<Boolean> waiting, @RequestParam Optional<String> from,
            @RequestParam Optional<String> to, Paging paging) {
        return Page.of(view.list(new SessionView.Query(status, agentId, teamId, channelId, contactId, chatId, priority,
                        assigned, waiting, from.map(text -> Times.typed("from", text)), to.map(text -> Times.typed("to", text))), paging),
                paging, session -> Cursor.after(session.startedAt(), session.id()));
    }

    /** Shows a session. */
    @Requires(Permission.INBOX_READ)
    @GetMapping("/{id}")
    ResponseEntity<SessionView.Shown> get(@PathVariable UUID id) {
        var session = find(id);
        return IfMatch.ok(session.version(), session);
    }

    /** Lists who had a session, the last first. */
    @Requires(Permission.INBOX_READ)
    @GetMapping("/{id}/assignments")
    Page<SessionView.Assignment> assignments(@PathVariable UUID id, Paging paging) {
        return Page.of(view.assignments(new SessionId(find(id).id()), paging), paging, one -> Cursor.after(one.id()));
    }

    /** Assigns a session to an agent, a team, or nobody. */
    @Requires(Permission.MESSAGE_SEND)
    @PostMapping("/{id}/assign")
    ResponseEntity<SessionView.Shown> assign(@PathVariable UUID id, IfMatch seen, @RequestBody Assignee request) {
        care.assign(new SessionId(id), request.to(), Optional.ofNullable(request.note()), seen::mustBe);
        return get(id);
    }

    /** Hands a session on to another agent or team. */
    @Requires(Permission.MESSAGE_SEND)
    @PostMapping("/{id}/transfer")
    ResponseEntity<SessionView.Shown> transfer(@PathVariable UUID id, IfMatch seen, @RequestBody Assignee request) {
        care.transfer(new SessionId(id), request.to(), Optional.ofNullable(request.note()), seen::mustBe);
        return get(id);
    }

    /** Says how urgent a session is. */
    @Requires(Permission.MESSAGE_SEND)
    @PostMapping("/{id}/priority")
    ResponseEntity<SessionView.Shown> prioritise(@PathVariable UUID id, IfMatch seen, @RequestBody Urgency request) {
        care.prioritise(new SessionId(id), request.priority(), Optional.ofNullable(request.reason()), seen::mustBe);
        return get(id);
    }

    /** Ends a session, and says what came of it. */
    @Requires(Permission.MESSAGE_SEND)
    @PostMapping("/{id}/resolve")
    ResponseEntity<SessionView.Shown> resolve(@PathVariable UUID id, IfMatch seen, @RequestBody Ending request) {
        care.resolve(new SessionId(id), request.reason() == null ? "resolved" : request.reason(),
                Optional.ofNullable(request.outcomes()).map(SessionController::some), seen::mustBe);
        return get(id);
    }

    /** Says what a session led to, and what that is worth. */
    @Requires(Permission.MESSAGE_SEND)
    @PostMapping("/{id}/convert")
    ResponseEntity<SessionView.Shown> convert(@PathVariable UUID id, IfMatch seen, @RequestBody Conversion request) {
        if (request.outcome() == null) throw Refusal.invalid("outcome", "required", "Say what it led to.");
        care.convert(new SessionId(id), request.outcome(), Optional.ofNullable(request.value())
                .map(value -> new CareForSessions.Value(value.amount(), value.currency())), seen::mustBe);
        return get(id);
    }

    /** Says in short what a session was about. */
    @Requires(Permission.INBOX_READ)
    @GetMapping("/{id}/summary")
    SessionSummary summary(@PathVariable UUID id) {
        return summarise.handle(new SessionId(id));
    }

    /** Opens the newest session of a chat again. */
    @Requires(Permission.MESSAGE_SEND)
    @PostMapping("/{id}/reopen")
    ResponseEntity<SessionView.Shown> reopen(@PathVariable UUID id, IfMatch seen) {
        care.reopen(new SessionId(id), seen::mustBe);
        return get(id);
    }

    /** Says what came of a session. */
    @Requires(Permission.MESSAGE_SEND)
    @PatchMapping("/{id}")
    ResponseEntity<SessionView.Shown> change(@PathVariable UUID id, IfMatch seen, @RequestBody Change request) {
        if (request.outcomes() == null) throw Refusal.invalid("outcomes", "required", "Say what came of it.");
        care.cameTo(new SessionId(id), some(request.outcomes()), seen::mustBe);
        return get(id);
    }

    private SessionView.Shown find(UUID id) {
        return view.find(new SessionId(id)).orElseThrow(() -> Refusal.notFound("session"));
    }

    private static Collection<String> some(List<String> given) {
        if (given.stream().anyMatch(Objects::isNull)) throw Refusal.invalid("outcomes", "required", "None of them is null.");
        return given;
    }
}

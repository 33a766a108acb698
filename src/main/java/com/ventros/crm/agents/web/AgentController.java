package com.ventros.crm.agents.web;

import com.ventros.crm.agents.AgentId;
import com.ventros.crm.agents.AgentView;
import com.ventros.crm.agents.KeepAgents;
import com.ventros.crm.agents.TeamId;
import com.ventros.crm.http.Cursor;
import com.ventros.crm.http.IfMatch;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Paging;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Principal;
import com.ventros.crm.http.Requires;
import com.ventros.crm.kernel.Refusal;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Who takes sessions. */
@RestController
@RequestMapping("/api/v1/agents")
class AgentController {

    record NewAgent(String kind, UUID userId, String name, Integer capacity, UUID hoursId) {}

    /** What to change; what is missing stays. {@code hoursId: null} means: at all hours. */
    record Change(String name, Integer capacity, JsonNode hoursId) {}

    record Said(String availability) {}

    private final AgentView view;
    private final KeepAgents agents;

    AgentController(AgentView view, KeepAgents agents) {
        this.view = view;
        this.agents = agents;
    }

    /** Lists the agents, archived ones only with {@code archived=true}. */
    @Requires(Permission.TEAM_READ)
    @GetMapping
    Page<AgentView.Shown> list(@RequestParam Optional<String> kind, @RequestParam Optional<String> availability,
            @RequestParam Optional<UUID> teamId, @RequestParam Optional<Boolean> archived, Paging paging) {
        return Page.of(view.list(new AgentView.Query(kind, availability, teamId.map(TeamId::new), archived.orElse(false)),
                paging), paging, agent -> Cursor.after(agent.id()));
    }

    /** Makes an agent of a member, or of a program. */
    @Requires(Permission.TEAM_MANAGE)
    @PostMapping
    ResponseEntity<AgentView.Shown> create(@RequestBody NewAgent request) {
        var id = agents.create(new KeepAgents.New(request.kind(), Optional.ofNullable(request.userId()),
                Optional.ofNullable(request.name()), Optional.ofNullable(request.capacity()),
                Optional.ofNullable(request.hoursId())));
        var agent = find(id.value());
        return ResponseEntity.created(URI.create("/api/v1/agents/" + id)).eTag(IfMatch.etag(agent.version())).body(agent);
    }

    /** Shows an agent. */
    @Requires(Permission.TEAM_READ)
    @GetMapping("/{id}")
    ResponseEntity<AgentView.Shown> get(@PathVariable UUID id) {
        var agent = find(id);
        return IfMatch.ok(agent.version(), agent);
    }

    /** Changes an agent. */
    @Requires(Permission.TEAM_MANAGE)
    @PatchMapping("/{id}")
    ResponseEntity<AgentView.Shown> change(@PathVariable UUID id, IfMatch seen, @RequestBody Change request) {
        agents.change(new KeepAgents.Change(new AgentId(id), Optional.ofNullable(request.name()),
                Optional.ofNullable(request.capacity()), HoursReference.of(request.hoursId())), seen::mustBe);
        return get(id);
    }

    /** Archives an agent, who takes no sessions any more. */
    @Requires(Permission.TEAM_MANAGE)
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void archive(@PathVariable UUID id) {
        agents.archive(new AgentId(id));
    }

    /** Takes an agent back from the archive. */
    @Requires(Permission.TEAM_MANAGE)
    @PostMapping("/{id}/restore")
    ResponseEntity<AgentView.Shown> restore(@PathVariable UUID id) {
        agents.restore(new AgentId(id));
        return get(id);
    }

    /** Says whether an agent takes sessions, for somebody else or for a program. */
    @Requires(Permission.TEAM_MANAGE)
    @PostMapping("/{id}/availability")
    ResponseEntity<AgentView.Shown> say(@PathVariable UUID id, @RequestBody Said request) {
        agents.say(new AgentId(id), request.availability());
        return get(id);
    }

    /** Shows the agent that the caller is. */
    @Requires(Permission.INBOX_READ)
    @GetMapping("/me")
    ResponseEntity<AgentView.Shown> me(Principal principal) {
        var agent = view.ofUser(principal.id()).orElseThrow(() -> Refusal.notFound("agent"));
        return IfMatch.ok(agent.version(), agent);
    }

    /** Says whether the caller, who is an agent, takes sessions. */
    @Requires(Permission.MESSAGE_SEND)
    @PostMapping("/me/availability")
    ResponseEntity<AgentView.Shown> sayForOneself(Principal principal, @RequestBody Said request) {
        return get(agents.sayForOneself(principal.id(), request.availability()).value());
    }

    /** Gives a sign of life, so that the caller is not taken for gone. */
    @Requires(Permission.MESSAGE_SEND)
    @PostMapping("/me/seen")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void seen(Principal principal) {
        agents.seen(principal.id());
    }

    private AgentView.Shown find(UUID id) {
        return view.find(new AgentId(id)).orElseThrow(() -> Refusal.notFound("agent"));
    }
}

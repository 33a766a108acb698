package com.ventros.crm.agents.web;

import com.ventros.crm.agents.AgentId;
import com.ventros.crm.agents.AgentView;
import com.ventros.crm.agents.KeepTeams;
import com.ventros.crm.agents.TeamId;
import com.ventros.crm.http.Cursor;
import com.ventros.crm.http.IfMatch;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Paging;
import com.ventros.crm.http.Permission;
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

/** Agents who work together. Adding or removing one needs no {@code If-Match}: nobody's work is undone by it. */
@RestController
@RequestMapping("/api/v1/teams")
class TeamController {

    record NewTeam(String name, UUID hoursId) {}

    /** What to change; what is missing stays. {@code hoursId: null} means: at all hours. */
    record Change(String name, JsonNode hoursId) {}

    record Joining(UUID agentId) {}

    private final AgentView view;
    private final KeepTeams teams;

    TeamController(AgentView view, KeepTeams teams) {
        this.view = view;
        this.teams = teams;
    }

    /** Lists the teams, archived ones only with {@code archived=true}. */
    @Requires(Permission.TEAM_READ)
    @GetMapping
    Page<AgentView.ShownTeam> list(@RequestParam Optional<Boolean> archived, Paging paging) {
        return Page.of(view.teams(archived.orElse(false), paging), paging, team -> Cursor.after(team.id()));
    }

    /** Makes a team. */
    @Requires(Permission.TEAM_MANAGE)
    @PostMapping
    ResponseEntity<AgentView.ShownTeam> create(@RequestBody NewTeam request) {
        var id = teams.create(request.name(), Optional.ofNullable(request.hoursId()));
        var team = find(id.value());
        return ResponseEntity.created(URI.create("/api/v1/teams/" + id)).eTag(IfMatch.etag(team.version())).body(team);
    }

    /** Shows a team. */
    @Requires(Permission.TEAM_READ)
    @GetMapping("/{id}")
    ResponseEntity<AgentView.ShownTeam> get(@PathVariable UUID id) {
        var team = find(id);
        return IfMatch.ok(team.version(), team);
    }

    /** Changes a team. */
    @Requires(Permission.TEAM_MANAGE)
    @PatchMapping("/{id}")
    ResponseEntity<AgentView.ShownTeam> change(@PathVariable UUID id, IfMatch seen, @RequestBody Change request) {
        teams.change(new KeepTeams.Change(new TeamId(id), Optional.ofNullable(request.name()),
                HoursReference.of(request.hoursId())), seen::mustBe);
        return get(id);
    }

    /** Archives a team, which takes no sessions any more. */
    @Requires(Permission.TEAM_MANAGE)
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void archive(@PathVariable UUID id) {
        teams.archive(new TeamId(id));
    }

    /** Takes a team back from the archive. */
    @Requires(Permission.TEAM_MANAGE)
    @PostMapping("/{id}/restore")
    ResponseEntity<AgentView.ShownTeam> restore(@PathVariable UUID id) {
        teams.restore(new TeamId(id));
        return get(id);
    }

    /** Puts an agent into a team. */
    @Requires(Permission.TEAM_MANAGE)
    @PostMapping("/{id}/agents")
    ResponseEntity<AgentView.ShownTeam> add(@PathVariable UUID id, @RequestBody Joining request) {
        if (request.agentId() == null) throw Refusal.invalid("agentId", "required", "Say who joins.");
        teams.add(new TeamId(id), request.agentId());
        return get(id);
    }

    /** Takes an agent out of a team. */
    @Requires(Permission.TEAM_MANAGE)
    @DeleteMapping("/{id}/agents/{agentId}")
    ResponseEntity<AgentView.ShownTeam> remove(@PathVariable UUID id, @PathVariable UUID agentId) {
        teams.remove(new TeamId(id), new AgentId(agentId));
        return get(id);
    }

    private AgentView.ShownTeam find(UUID id) {
        return view.team(new TeamId(id)).orElseThrow(() -> Refusal.notFound("team"));
    }
}

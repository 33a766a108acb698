package com.ventros.crm.assignment.web;

import com.ventros.crm.assignment.KeepAssignmentRules;
import com.ventros.crm.http.IfMatch;
import com.ventros.crm.http.Page;
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
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** How sessions come to agents. */
@RestController
@RequestMapping("/api/v1/assignment-rules")
class AssignmentRuleController {

    record NewRule(UUID projectId, UUID channelId, UUID teamId, String strategy, UUID toTeamId, Integer noResponseMinutes,
            Integer inactivityMinutes, UUID escalateToTeamId) {}

    /** What to change; what is missing stays, null takes away. */
    record Change(String strategy, JsonNode toTeamId, JsonNode noResponseMinutes, JsonNode inactivityMinutes, JsonNode escalateToTeamId) {}

    private final KeepAssignmentRules rules;

    AssignmentRuleController(KeepAssignmentRules rules) {
        this.rules = rules;
    }

    /** Lists the rules by which sessions come to agents. */
    @Requires(Permission.TEAM_READ)
    @GetMapping
    Page<KeepAssignmentRules.Shown> list() {
        return Page.whole(rules.list());
    }

    /** Makes a rule for one of a project, a channel and a team. */
    @Requires(Permission.TEAM_MANAGE)
    @PostMapping
    ResponseEntity<KeepAssignmentRules.Shown> create(@RequestBody NewRule request) {
        var made = rules.create(new KeepAssignmentRules.New(Optional.ofNullable(request.projectId()),
                Optional.ofNullable(request.channelId()), Optional.ofNullable(request.teamId()), request.strategy(),
                Optional.ofNullable(request.toTeamId()), Optional.ofNullable(request.noResponseMinutes()),
                Optional.ofNullable(request.inactivityMinutes()), Optional.ofNullable(request.escalateToTeamId())));
        return ResponseEntity.created(URI.create("/api/v1/assignment-rules")).eTag(IfMatch.etag(made.version())).body(made);
    }

    /** Changes a rule. */
    @Requires(Permission.TEAM_MANAGE)
    @PatchMapping("/{id}")
    ResponseEntity<KeepAssignmentRules.Shown> change(@PathVariable UUID id, IfMatch seen, @RequestBody Change request) {
        var changed = rules.change(new KeepAssignmentRules.Change(id, Optional.ofNullable(request.strategy()),
                team("toTeamId", request.toTeamId()), minutes("noResponseMinutes", request.noResponseMinutes()),
                minutes("inactivityMinutes", request.inactivityMinutes()), team("escalateToTeamId", request.escalateToTeamId())),
                seen::mustBe);
        return IfMatch.ok(changed.version(), changed);
    }

    /** Deletes a rule. */
    @Requires(Permission.TEAM_MANAGE)
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id) {
        rules.delete(id);
    }

    private static Optional<Optional<UUID>> team(String field, JsonNode given) {
        if (given == null) return Optional.empty();
        if (given.isNull()) return Optional.of(Optional.empty());
        try {
            return Optional.of(Optional.of(UUID.fromString(given.asString(""))));
        } catch (IllegalArgumentException noId) {
            throw Refusal.invalid(field, "invalid", "The id of a team, or null.");
        }
    }

    private static Optional<Optional<Integer>> minutes(String field, JsonNode given) {
        if (given == null) return Optional.empty();
        if (given.isNull()) return Optional.of(Optional.empty());
        if (!given.isInt()) throw Refusal.invalid(field, "invalid", "A number of minutes, or null.");
        return Optional.of(Optional.of(given.asInt()));
    }
}

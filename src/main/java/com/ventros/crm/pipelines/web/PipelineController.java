package com.ventros.crm.pipelines.web;

import com.ventros.crm.http.IfMatch;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Requires;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.pipelines.DefinePipelines;
import com.ventros.crm.pipelines.PipelineId;
import java.net.URI;
import java.util.ArrayList;
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
import tools.jackson.databind.JsonNode;

/** Pipelines. A pipeline has one version, its statuses and reasons included: every change needs {@code If-Match}. */
@RestController
@RequestMapping("/api/v1/pipelines")
class PipelineController {

    record NewStatus(String name, String kind, String colour) {}

    /** A pipeline to define. {@code projectId} may be left out by a tenant with one project. */
    record NewPipeline(UUID projectId, String name, List<NewStatus> statuses, Integer sessionTimeoutMinutes,
            Boolean isDefault) {}

    /** What to change; what is missing stays. {@code sessionTimeoutMinutes: null} means: as the channel says. */
    record Change(String name, JsonNode sessionTimeoutMinutes, Boolean isDefault, List<UUID> statusOrder,
            Boolean archived) {}

    /** {@code next: null} means: every other status. */
    record StatusChange(String name, String colour, JsonNode next, List<UUID> requiredFields, Boolean archived) {}

    record NewReason(String text) {}

    record ReasonChange(String text, Boolean archived) {}

    /** More than a form has. */
    private static final int MOST_IDS = 200;

    private final DefinePipelines pipelines;

    PipelineController(DefinePipelines pipelines) {
        this.pipelines = pipelines;
    }

    /** Lists the pipelines. */
    @Requires(Permission.PIPELINE_READ)
    @GetMapping
    Page<DefinePipelines.Shown> list(@RequestParam Optional<UUID> projectId) {
        return Page.whole(pipelines.list(projectId.map(ProjectId::new)));
    }

    /** Defines a pipeline. */
    @Requires(Permission.PIPELINE_MANAGE)
    @PostMapping
    ResponseEntity<DefinePipelines.Shown> define(@RequestBody NewPipeline request) {
        var statuses = some("statuses", request.statuses() == null ? List.<NewStatus>of() : request.statuses());
        var made = pipelines.define(new DefinePipelines.New(Optional.ofNullable(request.projectId()).map(ProjectId::new),
                request.name(), statuses.stream().map(PipelineController::status).toList(),
                Optional.ofNullable(request.sessionTimeoutMinutes()), Boolean.TRUE.equals(request.isDefault())));
        return ResponseEntity.created(URI.create("/api/v1/pipelines/" + made.id())).eTag(IfMatch.etag(made.version())).body(made);
    }

    /** Shows a pipeline. */
    @Requires(Permission.PIPELINE_READ)
    @GetMapping("/{id}")
    ResponseEntity<DefinePipelines.Shown> get(@PathVariable UUID id) {
        return answer(pipelines.get(new PipelineId(id)));
    }

    /** Changes a pipeline. */
    @Requires(Permission.PIPELINE_MANAGE)
    @PatchMapping("/{id}")
    ResponseEntity<DefinePipelines.Shown> change(@PathVariable UUID id, IfMatch seen, @RequestBody Change request) {
        return answer(pipelines.change(new PipelineId(id), new DefinePipelines.Change(Optional.ofNullable(request.name()),
                Optional.ofNullable(request.sessionTimeoutMinutes()).map(PipelineController::minutes),
                Optional.ofNullable(request.isDefault()),
                Optional.ofNullable(request.statusOrder()).map(ids -> some("statusOrder", ids)),
                Optional.ofNullable(request.archived())), seen::mustBe));
    }

    /** Adds a status. */
    @Requires(Permission.PIPELINE_MANAGE)
    @PostMapping("/{id}/statuses")
    ResponseEntity<DefinePipelines.Shown> addStatus(@PathVariable UUID id, IfMatch seen, @RequestBody NewStatus request) {
        return answer(pipelines.addStatus(new PipelineId(id), status(request), seen::mustBe));
    }

    /** Changes a status. */
    @Requires(Permission.PIPELINE_MANAGE)
    @PatchMapping("/{id}/statuses/{statusId}")
    ResponseEntity<DefinePipelines.Shown> changeStatus(@PathVariable UUID id, @PathVariable UUID statusId, IfMatch seen,
            @RequestBody StatusChange request) {
        return answer(pipelines.changeStatus(new PipelineId(id), new DefinePipelines.StatusChange(statusId,
                Optional.ofNullable(request.name()), Optional.ofNullable(request.colour()),
                Optional.ofNullable(request.next()).map(PipelineController::next),
                Optional.ofNullable(request.requiredFields()).map(ids -> some("requiredFields", ids)),
                Optional.ofNullable(request.archived())), seen::mustBe));
    }

    /** Adds a reason for loss. */
    @Requires(Permission.PIPELINE_MANAGE)
    @PostMapping("/{id}/loss-reasons")
    ResponseEntity<DefinePipelines.Shown> addReason(@PathVariable UUID id, IfMatch seen, @RequestBody NewReason request) {
        return answer(pipelines.addLossReason(new PipelineId(id), request.text(), seen::mustBe));
    }

    /** Changes a reason for loss. */
    @Requires(Permission.PIPELINE_MANAGE)
    @PatchMapping("/{id}/loss-reasons/{reasonId}")
    ResponseEntity<DefinePipelines.Shown> changeReason(@PathVariable UUID id, @PathVariable UUID reasonId, IfMatch seen,
            @RequestBody ReasonChange request) {
        return answer(pipelines.changeLossReason(new PipelineId(id), new DefinePipelines.ReasonChange(reasonId,
                Optional.ofNullable(request.text()), Optional.ofNullable(request.archived())), seen::mustBe));
    }

    private static ResponseEntity<DefinePipelines.Shown> answer(DefinePipelines.Shown pipeline) {
        return IfMatch.ok(pipeline.version(), pipeline);
    }

    private static DefinePipelines.NewStatus status(NewStatus request) {
        return new DefinePipelines.NewStatus(request.name(), request.kind(), request.colour());
    }

    private static Optional<Integer> minutes(JsonNode value) {
        if (value.isNull()) return Optional.empty();
        if (!value.isInt()) throw Refusal.invalid("sessionTimeoutMinutes", "not_a_number", "The minutes must be a whole number.");
        return Optional.of(value.asInt());
    }

    private static Optional<Collection<UUID>> next(JsonNode value) {
        if (value.isNull()) return Optional.empty();
        if (!value.isArray()) throw badNext();
        var ids = new ArrayList<UUID>();
        for (var one : value) {
            if (!one.isString()) throw badNext();
            try {
                ids.add(UUID.fromString(one.asString()));
            } catch (IllegalArgumentException noId) {
                throw badNext();
            }
        }
        return Optional.of(some("next", ids));
    }

    private static Refusal badNext() {
        return Refusal.invalid("next", "invalid", "Say a list of status ids, or null for every other status.");
    }

    private static <T> List<T> some(String field, List<T> given) {
        if (given.size() > MOST_IDS) throw Refusal.invalid(field, "length", "At most " + MOST_IDS + " of them.");
        if (given.stream().anyMatch(Objects::isNull)) throw Refusal.invalid(field, "required", "None of them is null.");
        return given;
    }
}

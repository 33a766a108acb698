package com.ventros.crm.pipelines;

import com.ventros.crm.accounts.AccountView;
import com.ventros.crm.contacts.DefineCustomFields;
import com.ventros.crm.kernel.Codes;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.pipelines.Pipeline.Kind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A person says which ways there are from first contact to won or lost, and which rules hold on them. */
@Component
public class DefinePipelines {

    /** {@code kind} is open, won or lost. */
    public record NewStatus(String name, String kind, String colour) {}

    /** {@code project} is the tenant's only one when empty. */
    public record New(Optional<ProjectId> project, String name, List<NewStatus> statuses,
            Optional<Integer> sessionTimeoutMinutes, boolean isDefault) {}

    /**
     * What to change; what is empty stays.
     *
     * @param sessionTimeoutMinutes empty inside: as the channel says
     * @param statusOrder           each status that is not archived, once
     */
    public record Change(Optional<String> name, Optional<Optional<Integer>> sessionTimeoutMinutes,
            Optional<Boolean> isDefault, Optional<List<UUID>> statusOrder, Optional<Boolean> archived) {}

    /** {@code next} is empty inside for every other status; what is empty stays. */
    public record StatusChange(UUID status, Optional<String> name, Optional<String> colour,
            Optional<Optional<Collection<UUID>>> next, Optional<Collection<UUID>> requiredFields,
            Optional<Boolean> archived) {}

    /** What is empty stays. */
    public record ReasonChange(UUID reason, Optional<String> text, Optional<Boolean> archived) {}

    /** {@code next} says where one gets from here; null for every other status. */
    public record ShownStatus(UUID id, String name, String kind, String colour, Optional<List<UUID>> next,
            List<UUID> requiredFields, boolean archived) {}

    public record ShownReason(UUID id, String text, boolean archived) {}

    /** A pipeline as a screen shows it, its statuses in their order. */
    public record Shown(UUID id, UUID projectId, String name, boolean isDefault, Optional<Integer> sessionTimeoutMinutes,
            boolean archived, List<ShownStatus> statuses, List<ShownReason> lossReasons, Instant createdAt, long version) {}

    /** More than anybody chooses from; the archived count. */
    private static final int MOST_PIPELINES = 100;

    private final Pipelines pipelines;
    private final Deals deals;
    private final AccountView accounts;
    private final DefineCustomFields fields;

    DefinePipelines(Pipelines pipelines, Deals deals, AccountView accounts, DefineCustomFields fields) {
        this.pipelines = pipelines;
        this.deals = deals;
        this.accounts = accounts;
        this.fields = fields;
    }

    /** All of the project, the archived included. */
    @Transactional(readOnly = true)
    public List<Shown> list(Optional<ProjectId> project) {
        return pipelines.of(project(project)).stream().map(DefinePipelines::shown).toList();
    }

    @Transactional(readOnly = true)
    public Shown get(PipelineId id) {
        return shown(find(id));
    }

    /** The first pipeline of a project is its default one. */
    @Transactional
    public Shown define(New wanted) {
        var project = project(wanted.project());
        pipelines.lock(project);
        var known = pipelines.of(project);
        if (known.size() >= MOST_PIPELINES) {
            throw Refusal.conflict("pipelines_too_many", "A project has at most " + MOST_PIPELINES + " pipelines.");
        }
        var pipeline = Pipeline.create(project, wanted.name(), now());
        for (var status : wanted.statuses()) {
            pipeline.addStatus(Uuids.v7(), status.name(), Codes.read("kind", status.kind(), Kind.values()), status.colour());
        }
        pipeline.mustBeginSomewhere();
        pipeline.change(Optional.empty(), Optional.of(wanted.sessionTimeoutMinutes()));
        mustBeNobodysName(pipeline, known);
        if (wanted.isDefault() || known.stream().noneMatch(Pipeline::isDefault)) beDefault(pipeline, known);
        pipelines.add(pipeline);
        return get(pipeline.id);
    }

    /** {@code version} refuses unless it is the one that the person had before their eyes; so below. */
    @Transactional
    public Shown change(PipelineId id, Change wanted, LongConsumer version) {
        return change(id, version, pipeline -> {
            if (wanted.archived().filter(archived -> !archived).isPresent()) pipeline.archive(false, now());
            if (wanted.name().isPresent() || wanted.sessionTimeoutMinutes().isPresent()) {
                pipeline.change(wanted.name(), wanted.sessionTimeoutMinutes());
            }
            wanted.statusOrder().ifPresent(pipeline::order);
            var others = pipelines.of(pipeline.project).stream().filter(other -> !other.id.equals(id)).toList();
            if (pipeline.archivedAt().isEmpty()) mustBeNobodysName(pipeline, others);
            wanted.isDefault().ifPresent(is -> {
                if (is) beDefault(pipeline, others);
                else if (pipeline.isDefault()) {
                    throw Refusal.conflict("pipeline_is_default", "Make another pipeline the default one instead.");
                }
            });
            if (wanted.archived().isPresent()) pipeline.archive(wanted.archived().get(), now());
        });
    }

    @Transactional
    public Shown addStatus(PipelineId id, NewStatus status, LongConsumer version) {
        return change(id, version, pipeline ->
                pipeline.addStatus(Uuids.v7(), status.name(), Codes.read("kind", status.kind(), Kind.values()), status.colour()));
    }

    @Transactional
    public Shown changeStatus(PipelineId id, StatusChange wanted, LongConsumer version) {
        return change(id, version, pipeline -> {
            pipeline.changeStatus(wanted.status(), wanted.name(), wanted.colour());
            wanted.next().ifPresent(next -> pipeline.leadTo(wanted.status(), next));
            wanted.requiredFields().ifPresent(ids -> pipeline.require(wanted.status(), known(pipeline, wanted.status(), ids)));
            wanted.archived().ifPresent(archived -> {
                pipeline.archiveStatus(wanted.status(), archived, now());
                if (archived) mustBeEmpty(wanted.status());
            });
        });
    }

    @Transactional
    public Shown addLossReason(PipelineId id, String text, LongConsumer version) {
        return change(id, version, pipeline -> pipeline.addLossReason(Uuids.v7(), text));
    }

    @Transactional
    public Shown changeLossReason(PipelineId id, ReasonChange wanted, LongConsumer version) {
        return change(id, version, pipeline ->
                pipeline.changeLossReason(wanted.reason(), wanted.text(), wanted.archived(), now()));
    }

    private Shown change(PipelineId id, LongConsumer version, Consumer<Pipeline> what) {
        pipelines.lock(find(id).project);
        var pipeline = find(id);
        version.accept(pipeline.storedVersion);
        what.accept(pipeline);
        pipelines.save(pipeline, now());
        return get(id);
    }

    /** The former default gives way first: there is never a second one. */
    private void beDefault(Pipeline pipeline, List<Pipeline> others) {
        pipeline.beDefault(true);
        for (var other : others) {
            other.beDefault(false);
            pipelines.save(other, now());
        }
    }

    /** Whoever moves a card there meanwhile waits for the column, and then sees that it is archived. */
    private void mustBeEmpty(UUID status) {
        deals.lockColumn(status);
        if (deals.isAnyIn(status)) {
            throw Refusal.conflict("status_in_use", "Contacts are in this status; move them on first.");
        }
    }

    private static void mustBeNobodysName(Pipeline pipeline, List<Pipeline> others) {
        if (others.stream().anyMatch(other -> other.archivedAt().isEmpty() && other.name().equalsIgnoreCase(pipeline.name()))) {
            throw Refusal.conflict("pipeline_exists", "There is a pipeline with this name already.");
        }
    }

    /** Fields of the project; one that is archived asks for nothing, and stays where it was asked for until somebody takes it away. */
    private Collection<UUID> known(Pipeline pipeline, UUID status, Collection<UUID> ids) {
        var known = fields.list(Optional.of(pipeline.project)).stream().filter(field -> !field.archived())
                .map(DefineCustomFields.Shown::id).collect(Collectors.toCollection(HashSet::new));
        known.addAll(pipeline.status(status).requiredFields());
        if (!known.containsAll(ids)) {
            throw Refusal.invalid("requiredFields", "field_unknown", "One of these is no custom field of the project.");
        }
        return ids;
    }

    private ProjectId project(Optional<ProjectId> wanted) {
        var all = accounts.projects().stream().map(project -> new ProjectId(project.id())).toList();
        if (wanted.isPresent()) {
            return wanted.filter(all::contains).orElseThrow(() -> Refusal.notFound("project"));
        }
        if (all.size() != 1) throw Refusal.invalid("projectId", "project_missing", "Say which project is meant.");
        return all.getFirst();
    }

    private Pipeline find(PipelineId id) {
        return pipelines.find(id).orElseThrow(() -> Refusal.notFound("pipeline"));
    }

    private static Shown shown(Pipeline pipeline) {
        return new Shown(pipeline.id.value(), pipeline.project.value(), pipeline.name(), pipeline.isDefault(),
                pipeline.sessionTimeoutMinutes(), pipeline.archivedAt().isPresent(),
                pipeline.statuses().stream().map(status -> new ShownStatus(status.id(), status.name(), Codes.of(status.kind()),
                        status.colour(), status.next().map(List::copyOf), List.copyOf(status.requiredFields()),
                        !status.present())).toList(),
                pipeline.lossReasons().stream()
                        .map(reason -> new ShownReason(reason.id(), reason.text(), !reason.present())).toList(),
                pipeline.createdAt, pipeline.storedVersion);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}

package com.ventros.crm.pipelines;

import com.ventros.crm.kernel.Aggregate;
import com.ventros.crm.kernel.Codes;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Text;
import com.ventros.crm.pipelines.PipelineEvent.LossReasonAdded;
import com.ventros.crm.pipelines.PipelineEvent.LossReasonChanged;
import com.ventros.crm.pipelines.PipelineEvent.PipelineArchived;
import com.ventros.crm.pipelines.PipelineEvent.PipelineCreated;
import com.ventros.crm.pipelines.PipelineEvent.PipelineDefaultChanged;
import com.ventros.crm.pipelines.PipelineEvent.PipelineRestored;
import com.ventros.crm.pipelines.PipelineEvent.PipelineStatusesOrdered;
import com.ventros.crm.pipelines.PipelineEvent.PipelineUpdated;
import com.ventros.crm.pipelines.PipelineEvent.StatusArchived;
import com.ventros.crm.pipelines.PipelineEvent.StatusCreated;
import com.ventros.crm.pipelines.PipelineEvent.StatusRequiredFieldsSet;
import com.ventros.crm.pipelines.PipelineEvent.StatusRestored;
import com.ventros.crm.pipelines.PipelineEvent.StatusTransitionsSet;
import com.ventros.crm.pipelines.PipelineEvent.StatusUpdated;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;

/** The statuses that contacts go through until something is won or lost, and the rules between them. */
final class Pipeline extends Aggregate<PipelineEvent> {

    /** Whether a status is on the way or at one of its ends. */
    enum Kind { OPEN, WON, LOST }

    /**
     * One status.
     *
     * @param next           where one gets from here; empty for every other status
     * @param requiredFields custom fields without which no contact gets here
     */
    record Status(UUID id, String name, Kind kind, String colour, Optional<SortedSet<UUID>> next,
            SortedSet<UUID> requiredFields, Optional<Instant> archivedAt) {

        boolean present() {
            return archivedAt.isEmpty();
        }

        boolean leadsTo(UUID other) {
            return next.map(allowed -> allowed.contains(other)).orElse(true);
        }
    }

    /** Why something can be lost. */
    record LossReason(UUID id, String text, Optional<Instant> archivedAt) {

        boolean present() {
            return archivedAt.isEmpty();
        }
    }

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_REASON = 200;
    private static final Pattern COLOUR = Pattern.compile("#[0-9a-f]{6}");
    /** More columns than anybody looks at; archived ones count, since what went through them stays. */
    private static final int MOST_STATUSES = 50;
    private static final int MOST_REASONS = 100;
    /** A month: what is longer is no session. */
    private static final int LONGEST_TIMEOUT_MINUTES = 43_200;

    final PipelineId id;
    final ProjectId project;
    final Instant createdAt;
    private String name;
    private boolean isDefault;
    private Optional<Integer> sessionTimeoutMinutes;
    private Optional<Instant> archivedAt;
    private final List<Status> statuses;
    private final List<LossReason> lossReasons;
    /** Version of the row as it was read; 0 for a pipeline that has none yet. */
    final long storedVersion;

    Pipeline(PipelineId id, ProjectId project, String name, boolean isDefault, Optional<Integer> sessionTimeoutMinutes,
            Optional<Instant> archivedAt, Instant createdAt, List<Status> statuses, List<LossReason> lossReasons,
            long storedVersion) {
        this.id = id;
        this.project = project;
        this.name = name;
        this.isDefault = isDefault;
        this.sessionTimeoutMinutes = sessionTimeoutMinutes;
        this.archivedAt = archivedAt;
        this.createdAt = createdAt;
        this.statuses = new ArrayList<>(statuses);
        this.lossReasons = new ArrayList<>(lossReasons);
        this.storedVersion = storedVersion;
    }

    /** One more way; its statuses are added next. */
    static Pipeline create(ProjectId project, String name, Instant now) {
        var pipeline = new Pipeline(PipelineId.create(), project, text("name", name, LONGEST_NAME), false, Optional.empty(),
                Optional.empty(), now, List.of(), List.of(), 0);
        pipeline.raise(new PipelineCreated(pipeline.id.value(), pipeline.name));
        return pipeline;
    }

    /** It is called so, and its sessions end after this silence; empty inside: as the channel says. */
    void change(Optional<String> newName, Optional<Optional<Integer>> newTimeout) {
        mustBePresent();
        var before = List.of(name, sessionTimeoutMinutes);
        newName.ifPresent(typed -> name = text("name", typed, LONGEST_NAME));
        newTimeout.ifPresent(minutes -> {
            if (minutes.filter(n -> n < 1 || n > LONGEST_TIMEOUT_MINUTES).isPresent()) {
                throw Refusal.invalid("sessionTimeoutMinutes", "out_of_bounds",
                        "A session's silence is 1 to " + LONGEST_TIMEOUT_MINUTES + " minutes.");
            }
            sessionTimeoutMinutes = minutes;
        });
        if (!before.equals(List.of(name, sessionTimeoutMinutes))) {
            raise(new PipelineUpdated(id.value(), name, sessionTimeoutMinutes));
        }
    }

    /** It is meant when none is named, or no longer is: another one of the project is then. */
    void beDefault(boolean now) {
        if (now) mustBePresent();
        if (isDefault == now) return;
        isDefault = now;
        raise(new PipelineDefaultChanged(id.value(), now));
    }

    /** Nobody enters or moves in it any more, or does again. */
    void archive(boolean archived, Instant now) {
        if (archived == archivedAt.isPresent()) return;
        if (archived && isDefault) {
            throw Refusal.conflict("pipeline_is_default", "Make another pipeline the default one first.");
        }
        archivedAt = archived ? Optional.of(now) : Optional.empty();
        raise(archived ? new PipelineArchived(id.value()) : new PipelineRestored(id.value()));
    }

    /** One more status, after the others. */
    void addStatus(UUID statusId, String typedName, Kind kind, String typedColour) {
        mustBePresent();
        if (statuses.size() >= MOST_STATUSES) {
            throw Refusal.conflict("statuses_too_many", "A pipeline has at most " + MOST_STATUSES + " statuses.");
        }
        var status = new Status(statusId, text("name", typedName, LONGEST_NAME), kind, colour(typedColour),
                Optional.empty(), new TreeSet<>(), Optional.empty());
        mustBeNobodysName(status);
        statuses.add(status);
        raise(new StatusCreated(id.value(), statusId, status.name(), Codes.of(kind), status.colour()));
    }

    /** It is called and coloured so. */
    void changeStatus(UUID statusId, Optional<String> newName, Optional<String> newColour) {
        mustBePresent();
        var old = status(statusId);
        var changed = new Status(statusId, newName.map(typed -> text("name", typed, LONGEST_NAME)).orElse(old.name()),
                old.kind(), newColour.map(Pipeline::colour).orElse(old.colour()), old.next(), old.requiredFields(),
                old.archivedAt());
        if (changed.equals(old)) return;
        mustBeNobodysName(changed);
        replace(changed);
        raise(new StatusUpdated(id.value(), statusId, changed.name(), changed.colour()));
    }

    /** From it one gets to these only; empty for every other. */
    void leadTo(UUID statusId, Optional<Collection<UUID>> next) {
        mustBePresent();
        var old = status(statusId);
        if (next.filter(all -> !statuses.stream().map(Status::id).toList().containsAll(all)).isPresent()) {
            throw Refusal.invalid("next", "status_unknown", "One of these is no status of the pipeline.");
        }
        var sorted = next.<SortedSet<UUID>>map(TreeSet::new);
        sorted.ifPresent(all -> all.remove(statusId));
        if (old.next().equals(sorted)) return;
        replace(new Status(statusId, old.name(), old.kind(), old.colour(), sorted, old.requiredFields(), old.archivedAt()));
        raise(new StatusTransitionsSet(id.value(), statusId, sorted.map(List::copyOf)));
    }

    /** Only a contact with values of these fields gets into it. */
    void require(UUID statusId, Collection<UUID> fields) {
        mustBePresent();
        var old = status(statusId);
        var sorted = new TreeSet<>(fields);
        if (old.requiredFields().equals(sorted)) return;
        replace(new Status(statusId, old.name(), old.kind(), old.colour(), old.next(), sorted, old.archivedAt()));
        raise(new StatusRequiredFieldsSet(id.value(), statusId, List.copyOf(sorted)));
    }

    /** Nobody gets into it any more, or does again; that nobody is in it is for whoever knows to say. */
    void archiveStatus(UUID statusId, boolean archived, Instant now) {
        mustBePresent();
        var old = status(statusId);
        if (archived != old.present()) return;
        var changed = new Status(statusId, old.name(), old.kind(), old.colour(), old.next(), old.requiredFields(),
                archived ? Optional.of(now) : Optional.empty());
        if (!archived) mustBeNobodysName(changed);
        replace(changed);
        mustBeginSomewhere();
        raise(archived ? new StatusArchived(id.value(), statusId) : new StatusRestored(id.value(), statusId));
    }

    /** The statuses that are not archived stand in this order; each of them is named once. */
    void order(List<UUID> wanted) {
        mustBePresent();
        var present = statuses.stream().filter(Status::present).map(Status::id).toList();
        if (wanted.size() != present.size() || !new HashSet<>(wanted).equals(new HashSet<>(present))) {
            throw Refusal.invalid("statusOrder", "incomplete", "Name each status that is not archived, once.");
        }
        if (wanted.equals(present)) return;
        statuses.sort(Comparator.comparingInt(status -> status.present() ? wanted.indexOf(status.id()) : wanted.size()));
        raise(new PipelineStatusesOrdered(id.value(), wanted));
    }

    /** One more reason for a loss. */
    void addLossReason(UUID reasonId, String typed) {
        mustBePresent();
        if (lossReasons.size() >= MOST_REASONS) {
            throw Refusal.conflict("loss_reasons_too_many", "A pipeline has at most " + MOST_REASONS + " reasons for loss.");
        }
        var reason = new LossReason(reasonId, text("text", typed, LONGEST_REASON), Optional.empty());
        mustBeNobodysText(reason);
        lossReasons.add(reason);
        raise(new LossReasonAdded(id.value(), reasonId, reason.text()));
    }

    /** It reads so, and is given no longer or again. */
    void changeLossReason(UUID reasonId, Optional<String> newText, Optional<Boolean> archived, Instant now) {
        mustBePresent();
        var old = lossReason(reasonId);
        var changed = new LossReason(reasonId, newText.map(typed -> text("text", typed, LONGEST_REASON)).orElse(old.text()),
                archived.map(is -> is ? old.archivedAt().or(() -> Optional.of(now)) : Optional.<Instant>empty())
                        .orElse(old.archivedAt()));
        if (changed.equals(old)) return;
        if (changed.present()) mustBeNobodysText(changed);
        lossReasons.set(lossReasons.indexOf(old), changed);
        raise(new LossReasonChanged(id.value(), reasonId, changed.text(), !changed.present()));
    }

    /** Refuses a pipeline that nobody could enter. */
    void mustBeginSomewhere() {
        if (statuses.stream().noneMatch(status -> status.present() && status.kind() == Kind.OPEN)) {
            throw Refusal.conflict("open_status_needed", "A pipeline has at least one open status.");
        }
    }

    /** Refuses work in a pipeline that is archived. */
    void mustBePresent() {
        if (archivedAt.isPresent()) {
            throw Refusal.conflict("pipeline_archived", "This pipeline is archived; restore it first.");
        }
    }

    /** A status of this pipeline, archived or not. */
    Status status(UUID statusId) {
        return statuses.stream().filter(status -> status.id().equals(statusId)).findFirst()
                .orElseThrow(() -> Refusal.notFound("status"));
    }

    LossReason lossReason(UUID reasonId) {
        return lossReasons.stream().filter(reason -> reason.id().equals(reasonId)).findFirst()
                .orElseThrow(() -> Refusal.notFound("loss_reason"));
    }

    String name() {
        return name;
    }

    boolean isDefault() {
        return isDefault;
    }

    Optional<Integer> sessionTimeoutMinutes() {
        return sessionTimeoutMinutes;
    }

    Optional<Instant> archivedAt() {
        return archivedAt;
    }

    /** In their order. */
    List<Status> statuses() {
        return List.copyOf(statuses);
    }

    List<LossReason> lossReasons() {
        return List.copyOf(lossReasons);
    }

    private void replace(Status changed) {
        statuses.replaceAll(status -> status.id().equals(changed.id()) ? changed : status);
    }

    private void mustBeNobodysName(Status named) {
        for (var other : statuses) {
            if (other.present() && !other.id().equals(named.id()) && other.name().equalsIgnoreCase(named.name())) {
                throw Refusal.conflict("status_exists", "There is a status with this name already.");
            }
        }
    }

    private void mustBeNobodysText(LossReason named) {
        for (var other : lossReasons) {
            if (other.present() && !other.id().equals(named.id()) && other.text().equalsIgnoreCase(named.text())) {
                throw Refusal.conflict("loss_reason_exists", "There is a reason for loss with these words already.");
            }
        }
    }

    private static String colour(String typed) {
        var colour = typed == null ? "" : typed.toLowerCase(Locale.ROOT);
        if (!COLOUR.matcher(colour).matches()) {
            throw Refusal.invalid("colour", "invalid", "A colour is written like #1c7ed6.");
        }
        return colour;
    }

    private static String text(String field, String typed, int longest) {
        var text = typed == null ? "" : Text.storable(typed).strip();
        if (Text.isInvisible(text) || text.codePointCount(0, text.length()) > longest) {
            throw Refusal.invalid(field, "length", "Say 1 to " + longest + " characters.");
        }
        return text;
    }
}

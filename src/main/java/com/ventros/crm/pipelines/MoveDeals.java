package com.ventros.crm.pipelines;

import com.ventros.crm.contacts.ContactId;
import com.ventros.crm.contacts.ContactStanding;
import com.ventros.crm.contacts.ContactStanding.Standing;
import com.ventros.crm.events.Cause;
import com.ventros.crm.http.IfMatch;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Refusal.FieldError;
import com.ventros.crm.pipelines.Deal.Because;
import com.ventros.crm.pipelines.Deal.Worth;
import com.ventros.crm.pipelines.Pipeline.Kind;
import com.ventros.crm.pipelines.Pipeline.Status;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** A person takes contacts into a pipeline, on to other statuses, and out again. */
@Component
public class MoveDeals {

    /** What a deal is worth, in the currency's smallest parts. */
    public record Value(Long amount, String currency) {}

    /**
     * @param pipeline the project's default one when empty
     * @param status   the first open one when empty
     */
    public record Enter(ContactId contact, Optional<PipelineId> pipeline, Optional<UUID> status, Optional<Value> value) {}

    /**
     * @param after  the card above the new place, as the person sees it
     * @param before the card below; both empty: the top of the column
     * @param reason for a loss
     */
    public record Move(UUID deal, UUID status, Optional<UUID> after, Optional<UUID> before, Optional<UUID> reason) {}

    /** One of many to move; {@code version} is the one that was seen, if that matters. */
    public record Item(UUID deal, Optional<Long> version) {}

    /**
     * What became of one of many.
     *
     * @param outcome moved or refused
     * @param errors  the custom fields that are missing, or what else is wrong with single fields
     */
    public record Result(UUID dealId, String outcome, Optional<String> code, Optional<String> detail,
            List<FieldError> errors) {}

    private static final UUID NOBODY = new UUID(0, 0);

    private final Deals deals;
    private final Pipelines pipelines;
    private final ContactStanding contacts;
    private final TransactionTemplate nested;

    MoveDeals(Deals deals, Pipelines pipelines, ContactStanding contacts, PlatformTransactionManager transactions) {
        this.deals = deals;
        this.pipelines = pipelines;
        this.contacts = contacts;
        this.nested = new TransactionTemplate(transactions);
        this.nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    @Transactional
    public UUID enter(Enter wanted) {
        var worth = wanted.value().map(value -> Worth.typed(value.amount(), value.currency()));
        var contact = contacts.hold(wanted.contact()).orElseThrow(() -> Refusal.notFound("contact"));
        mustBePresent(contact);
        var pipeline = wanted.pipeline().map(this::pipeline).orElseGet(() -> defaultOf(contact.project()));
        if (!pipeline.project.equals(contact.project())) throw Refusal.notFound("pipeline");
        var status = status(pipeline, wanted.status().orElseGet(() -> firstOpen(pipeline).id()));
        mustHave(contact, status);
        var locked = column(pipeline, status.id());
        var deal = Deal.enter(locked, contact.id(), locked.status(status.id()),
                deals.rank(NOBODY, status.id(), Optional.empty(), Optional.empty()), worth, now());
        deals.add(deal, contact.project(), now());
        return deal.id;
    }

    /** {@code version} refuses unless it is the one that the person had before their eyes; so below. */
    @Transactional
    public void move(Move wanted, LongConsumer version) {
        var deal = find(wanted.deal());
        version.accept(deal.storedVersion);
        var contact = contacts.hold(deal.contact()).orElseThrow(() -> Refusal.notFound("contact"));
        mustBePresent(contact);
        var pipeline = pipeline(deal.pipeline);
        var to = status(pipeline, wanted.status());
        if (to.id().equals(deal.place().status())) {
            deals.lockColumn(to.id());
            deal.reorder(pipeline, deals.rank(deal.id, to.id(), wanted.after(), wanted.before()));
        } else {
            deal.mayMove(pipeline, to);
            mustHave(contact, to);
            var locked = column(pipeline, to.id());
            deal.move(locked, locked.status(to.id()), deals.rank(deal.id, to.id(), wanted.after(), wanted.before()),
                    wanted.reason(), now());
        }
        deals.save(deal, contact.project(), now());
    }

    /**
     * Moves many to the top of one status, each for itself: what is refused for one keeps none of the others. The first
     * named stands highest.
     */
    @Transactional
    public List<Result> moveAll(List<Item> items, UUID status, Optional<UUID> reason) {
        // All are locked before the column is: whoever moves one of them meanwhile holds it and waits for the column.
        deals.findForUpdate(items.stream().map(Item::deal).toList());
        var results = new ArrayList<Result>();
        for (var item : items.reversed()) {
            try {
                nested.executeWithoutResult(_ -> move(
                        new Move(item.deal(), status, Optional.empty(), Optional.empty(), reason), current -> {
                            if (item.version().filter(seen -> seen != current).isPresent()) throw IfMatch.stale();
                        }));
                results.add(new Result(item.deal(), "moved", Optional.empty(), Optional.empty(), List.of()));
            } catch (Refusal refused) {
                results.add(new Result(item.deal(), "refused", Optional.of(refused.code()),
                        Optional.of(refused.getMessage()), refused.errors()));
            }
        }
        return List.copyOf(results.reversed());
    }

    /** Empty: nobody knows what it is worth. */
    @Transactional
    public void value(UUID id, Optional<Value> value, LongConsumer version) {
        var worth = value.map(typed -> Worth.typed(typed.amount(), typed.currency()));
        var deal = find(id);
        version.accept(deal.storedVersion);
        deal.value(worth);
        deals.save(deal, pipeline(deal.pipeline).project, now());
    }

    @Transactional
    public void leave(UUID id, LongConsumer version) {
        var deal = find(id);
        version.accept(deal.storedVersion);
        deal.leave(Because.LEFT, now());
        deals.save(deal, pipeline(deal.pipeline).project, now());
    }

    /**
     * Makes the deals follow their contacts: out when one is deleted, and back when it is restored.
     *
     * @param causes contacts, and why each is looked at
     */
    @Transactional
    public void follow(Map<ContactId, Cause> causes) {
        var all = deals.ofWholesForUpdate(causes.keySet());
        var whys = new HashMap<Deal, Cause>();
        var back = new LinkedHashMap<Deal, Status>();
        for (var deal : all) {
            var contact = contacts.hold(deal.contact()).orElseThrow();
            var why = causes.containsKey(contact.id()) ? causes.get(contact.id()) : causes.get(deal.contact());
            whys.put(deal, why);
            if (contact.deleted() && deal.left().isEmpty()) {
                deal.leave(Because.CONTACT_DELETED, now());
                why.run(() -> deals.save(deal, contact.project(), now()));
            } else if (!contact.deleted() && mayComeBack(deal, all)) {
                back.put(deal, statusFor(deal));
            }
        }
        // All deals are locked by now; of several columns each is locked in the order of its id.
        back.values().stream().map(Status::id).distinct().sorted().forEach(deals::lockColumn);
        back.forEach((deal, status) -> {
            var pipeline = pipeline(deal.pipeline);
            // The engine lets its listener look once more, and then it comes back elsewhere.
            if (!pipeline.status(status.id()).present()) throw new IllegalStateException("the status was archived meanwhile");
            deal.comeBack(status, deals.rank(deal.id, status.id(), Optional.empty(), Optional.empty()), now());
            whys.get(deal).run(() -> deals.save(deal, pipeline.project, now()));
        });
    }

    private static boolean mayComeBack(Deal deal, List<Deal> all) {
        return deal.left().filter(over -> over.because() == Because.CONTACT_DELETED).isPresent()
                && all.stream().noneMatch(other -> other.pipeline.equals(deal.pipeline)
                        && other.contact().equals(deal.contact())
                        && (other.left().isEmpty() || other.id.compareTo(deal.id) > 0
                                && other.left().get().because() == Because.CONTACT_DELETED));
    }

    /** Where it was, or at the beginning if that is gone. */
    private Status statusFor(Deal deal) {
        var pipeline = pipeline(deal.pipeline);
        var before = pipeline.status(deal.place().status());
        return before.present() ? before : firstOpen(pipeline);
    }

    /** The pipeline as it is once the column is locked: the status may have been archived meanwhile. */
    private Pipeline column(Pipeline pipeline, UUID status) {
        deals.lockColumn(status);
        return pipeline(pipeline.id);
    }

    private void mustHave(Standing contact, Status status) {
        var missing = contacts.missing(contact.id(), status.requiredFields());
        if (missing.isEmpty()) return;
        throw new Refusal(Refusal.Kind.INVALID, "required_fields_missing",
                "The contact has no value of fields that this status asks for.", missing.stream()
                        .map(field -> new FieldError("fields." + field.key(), "required", field.label())).toList());
    }

    private static void mustBePresent(Standing contact) {
        if (contact.deleted()) throw Refusal.conflict("contact_deleted", "This contact is deleted; restore it first.");
    }

    private Deal find(UUID id) {
        return deals.findForUpdate(id).orElseThrow(() -> Refusal.notFound("deal"));
    }

    private Pipeline pipeline(PipelineId id) {
        return pipelines.find(id).orElseThrow(() -> Refusal.notFound("pipeline"));
    }

    private Pipeline defaultOf(ProjectId project) {
        return pipelines.of(project).stream().filter(Pipeline::isDefault).findFirst()
                .orElseThrow(() -> Refusal.invalid("pipelineId", "required", "This project has no pipeline yet."));
    }

    private static Status status(Pipeline pipeline, UUID id) {
        return pipeline.statuses().stream().filter(status -> status.id().equals(id)).findFirst()
                .orElseThrow(() -> Refusal.invalid("statusId", "unknown", "This is no status of the pipeline."));
    }

    private static Status firstOpen(Pipeline pipeline) {
        return pipeline.statuses().stream().filter(status -> status.present() && status.kind() == Kind.OPEN).findFirst()
                .orElseThrow();
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}

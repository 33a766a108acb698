package com.ventros.crm.pipelines;

import com.ventros.crm.contacts.ContactId;
import com.ventros.crm.kernel.Aggregate;
import com.ventros.crm.kernel.Codes;
import com.ventros.crm.kernel.Currencies;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.pipelines.DealEvent.Card;
import com.ventros.crm.pipelines.DealEvent.DealContactMerged;
import com.ventros.crm.pipelines.DealEvent.DealLost;
import com.ventros.crm.pipelines.DealEvent.DealReopened;
import com.ventros.crm.pipelines.DealEvent.DealReordered;
import com.ventros.crm.pipelines.DealEvent.DealValueSet;
import com.ventros.crm.pipelines.DealEvent.DealWon;
import com.ventros.crm.pipelines.DealEvent.EnteredPipeline;
import com.ventros.crm.pipelines.DealEvent.ExitedPipeline;
import com.ventros.crm.pipelines.DealEvent.PipelineStatusChanged;
import com.ventros.crm.pipelines.Pipeline.Kind;
import com.ventros.crm.pipelines.Pipeline.LossReason;
import com.ventros.crm.pipelines.Pipeline.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;

/** A contact on its way through a pipeline. */
final class Deal extends Aggregate<DealEvent> {

    /** What it is worth, in the currency's smallest parts. */
    record Worth(long amount, Currency currency) {

        /** Ten million million of the largest parts: more than anybody sells, and far from the end of a sum. */
        private static final long MOST = 1_000_000_000_000_000L;

        static Worth typed(Long amount, String currency) {
            if (amount == null || amount < 0 || amount > MOST) {
                throw Refusal.invalid("value.amount", "out_of_bounds",
                        "An amount is a whole number of the currency's smallest parts, from 0 to " + MOST + ".");
            }
            return new Worth(amount, Currencies.read("value.currency", currency == null ? "" : currency));
        }
    }

    /** Why a contact is in the pipeline no longer. */
    enum Because { LEFT, CONTACT_DELETED, MERGED }

    /** That it is over. */
    record Left(Instant at, Because because) {}

    /** Where it is and where it stands there. */
    record Place(UUID status, Kind kind, Rank rank) {}

    final UUID id;
    final PipelineId pipeline;
    final Instant enteredAt;
    private ContactId contact;
    private Place place;
    private Optional<Worth> worth;
    private Optional<UUID> lossReason;
    private Instant statusSince;
    private Optional<Left> left;
    /** As the row was read; empty for a deal that has none yet. */
    final Optional<Place> storedPlace;
    final boolean wasInside;
    private boolean changed;
    /** Version of the row as it was read; 0 for a deal that has none yet. */
    final long storedVersion;

    Deal(UUID id, PipelineId pipeline, ContactId contact, Place place, Optional<Worth> worth, Optional<UUID> lossReason,
            Instant enteredAt, Instant statusSince, Optional<Left> left, long storedVersion) {
        this.id = id;
        this.pipeline = pipeline;
        this.contact = contact;
        this.place = place;
        this.worth = worth;
        this.lossReason = lossReason;
        this.enteredAt = enteredAt;
        this.statusSince = statusSince;
        this.left = left;
        this.storedVersion = storedVersion;
        this.storedPlace = storedVersion == 0 ? Optional.empty() : Optional.of(place);
        this.wasInside = storedVersion > 0 && left.isEmpty();
    }

    /** A contact begins on its way; only an open status is a beginning. */
    static Deal enter(Pipeline pipeline, ContactId contact, Status status, Rank rank, Optional<Worth> worth, Instant now) {
        pipeline.mustBePresent();
        mustBePresent(status);
        if (status.kind() != Kind.OPEN) {
            throw Refusal.invalid("statusId", "not_open", "A contact enters a pipeline at an open status.");
        }
        var deal = new Deal(Uuids.v7(), pipeline.id, contact, new Place(status.id(), status.kind(), rank), worth,
                Optional.empty(), now, now, Optional.empty(), 0);
        deal.changed = true;
        deal.raise(new EnteredPipeline(deal.id, contact.value(), deal.card()));
        return deal;
    }

    /** It stands elsewhere in its column. */
    void reorder(Pipeline within, Rank rank) {
        mustBeInside();
        within.mustBePresent();
        if (place.rank().equals(rank)) return;
        changed = true;
        place = new Place(place.status(), place.kind(), rank);
        raise(new DealReordered(id, contact.value(), card()));
    }

    /** Whether the pipeline's rules let it go there; what the contact must have for it is for whoever knows to say. */
    void mayMove(Pipeline within, Status to) {
        mustBeInside();
        within.mustBePresent();
        mustBePresent(to);
        if (!within.status(place.status()).leadsTo(to.id())) {
            throw Refusal.conflict("transition_not_allowed", "This pipeline does not lead from this status to that one.");
        }
    }

    /** It goes on to another status; a loss has a reason where the pipeline knows some. */
    void move(Pipeline within, Status to, Rank rank, Optional<UUID> reason, Instant now) {
        mayMove(within, to);
        var why = reason(within, to, reason);
        var at = later(now);
        var before = place;
        var seconds = Duration.between(statusSince, at).toSeconds();
        changed = true;
        place = new Place(to.id(), to.kind(), rank);
        lossReason = why.map(LossReason::id);
        statusSince = at;
        raise(new PipelineStatusChanged(id, contact.value(), before.status(), seconds, card()));
        if (before.kind() == to.kind()) return;
        switch (to.kind()) {
            case WON -> raise(new DealWon(id, contact.value(), card()));
            case LOST -> raise(new DealLost(id, contact.value(), why.map(LossReason::text), card()));
            case OPEN -> raise(new DealReopened(id, contact.value(), card()));
        }
    }

    /** It is worth this; empty: nobody knows. */
    void value(Optional<Worth> now) {
        mustBeInside();
        if (worth.equals(now)) return;
        worth = now;
        changed = true;
        raise(new DealValueSet(id, contact.value(), card()));
    }

    /** The contact is in the pipeline no longer. */
    void leave(Because because, Instant now) {
        mustBeInside();
        var at = later(now);
        var seconds = Duration.between(statusSince, at).toSeconds();
        left = Optional.of(new Left(at, because));
        changed = true;
        raise(new ExitedPipeline(id, contact.value(), Codes.of(because), seconds, card()));
    }

    /** The contact that was deleted is back, and so is its card: in a status that is still there. */
    void comeBack(Status status, Rank rank, Instant now) {
        if (left.filter(over -> over.because() == Because.CONTACT_DELETED).isEmpty()) return;
        statusSince = now.isAfter(left.get().at()) ? now : left.get().at();
        left = Optional.empty();
        if (status.kind() != Kind.LOST) lossReason = Optional.empty();
        place = new Place(status.id(), status.kind(), rank);
        changed = true;
        raise(new EnteredPipeline(id, contact.value(), card()));
    }

    /** Its contact was this one all along. */
    void belongTo(ContactId survivor) {
        var absorbed = contact;
        contact = survivor;
        changed = true;
        raise(new DealContactMerged(id, survivor.value(), absorbed.value(), card()));
    }

    ContactId contact() {
        return contact;
    }

    Place place() {
        return place;
    }

    Optional<Worth> worth() {
        return worth;
    }

    Optional<UUID> lossReason() {
        return lossReason;
    }

    Instant statusSince() {
        return statusSince;
    }

    Optional<Left> left() {
        return left;
    }

    boolean changed() {
        return changed;
    }

    /** Version that the row has once this is saved. */
    long version() {
        return storedVersion + (changed ? 1 : 0);
    }

    /** Refuses work on a deal that is over. */
    void mustBeInside() {
        if (left.isPresent()) throw Refusal.conflict("deal_left", "This contact has left the pipeline.");
    }

    private Card card() {
        return new Card(pipeline.value(), place.status(), Codes.of(place.kind()), place.rank().text(),
                worth.map(Worth::amount), worth.map(known -> known.currency().getCurrencyCode()), lossReason, enteredAt,
                statusSince, storedVersion + 1);
    }

    private static Optional<LossReason> reason(Pipeline within, Status to, Optional<UUID> given) {
        if (to.kind() != Kind.LOST) {
            if (given.isPresent()) throw Refusal.invalid("lossReasonId", "not_lost", "Only a loss has a reason for it.");
            return Optional.empty();
        }
        var known = within.lossReasons().stream().filter(LossReason::present).toList();
        if (given.isEmpty() && !known.isEmpty()) {
            throw Refusal.invalid("lossReasonId", "required", "Say for which of the pipeline's reasons it is lost.");
        }
        return given.map(wanted -> known.stream().filter(reason -> reason.id().equals(wanted)).findFirst()
                .orElseThrow(() -> Refusal.invalid("lossReasonId", "unknown", "The pipeline has no such reason.")));
    }

    private static void mustBePresent(Status status) {
        if (!status.present()) throw Refusal.conflict("status_archived", "Nobody gets into this status any more.");
    }

    /** Clocks of two nodes differ: what is later is never told as earlier. */
    private Instant later(Instant now) {
        return now.isAfter(statusSince) ? now : statusSince;
    }
}

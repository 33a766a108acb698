package com.ventros.crm.pipelines.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.ventros.crm.contacts.ContactId;
import com.ventros.crm.http.Cursor;
import com.ventros.crm.http.IfMatch;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Paging;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Requires;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.pipelines.DealView;
import com.ventros.crm.pipelines.MoveDeals;
import com.ventros.crm.pipelines.PipelineId;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Contacts in pipelines. */
@RestController
@RequestMapping("/api/v1/deals")
class DealController {

    /** {@code pipelineId} may be left out for the default one, {@code statusId} for the first open one. */
    record NewDeal(UUID contactId, UUID pipelineId, UUID statusId, MoveDeals.Value value) {}

    /** {@code afterId} and {@code beforeId} are the cards above and below the new place. */
    record Move(UUID statusId, UUID afterId, UUID beforeId, UUID lossReasonId) {}

    record Item(UUID dealId, Long version) {}

    record MoveMany(List<Item> items, UUID statusId, UUID lossReasonId) {}

    /** {@code value: null} takes a worth away; without the field nobody knows what was meant. */
    record NewValue(@JsonProperty(required = true) MoveDeals.Value value) {}

    /** As many as a page shows; each takes its locks for as long as the whole takes. */
    private static final int MOST_AT_ONCE = 100;

    private final MoveDeals move;
    private final DealView view;

    DealController(MoveDeals move, DealView view) {
        this.move = move;
        this.view = view;
    }

    /** Lists the deals of a contact. */
    @Requires({Permission.PIPELINE_READ, Permission.CONTACT_READ})
    @GetMapping
    Page<DealView.Shown> ofContact(@RequestParam Optional<UUID> contactId, Paging paging) {
        var contact = contactId.orElseThrow(() -> Refusal.invalid("contactId", "required", "Say whose deals."));
        return Page.of(view.ofContact(contact, paging.fetch(), paging.after().map(after -> after.uuid(0))), paging,
                deal -> Cursor.after(deal.id()));
    }

    /** Enters a contact into a pipeline. */
    @Requires({Permission.PIPELINE_WRITE, Permission.CONTACT_READ})
    @PostMapping
    ResponseEntity<DealView.Shown> enter(@RequestBody NewDeal request) {
        if (request.contactId() == null) throw Refusal.invalid("contactId", "required", "Say who enters.");
        var id = move.enter(new MoveDeals.Enter(new ContactId(request.contactId()),
                Optional.ofNullable(request.pipelineId()).map(PipelineId::new), Optional.ofNullable(request.statusId()),
                Optional.ofNullable(request.value())));
        var made = find(id);
        return ResponseEntity.created(URI.create("/api/v1/deals/" + id)).eTag(IfMatch.etag(made.version())).body(made);
    }

    /** Shows a deal. */
    @Requires({Permission.PIPELINE_READ, Permission.CONTACT_READ})
    @GetMapping("/{id}")
    ResponseEntity<DealView.Shown> get(@PathVariable UUID id) {
        return answer(id);
    }

    /** Lists how long a deal was in which status. */
    @Requires(Permission.PIPELINE_READ)
    @GetMapping("/{id}/stays")
    Page<DealView.Stay> stays(@PathVariable UUID id, Paging paging) {
        find(id);
        return Page.of(view.stays(id, paging.fetch(), paging.after().map(after -> after.number(0))), paging,
                stay -> Cursor.after(stay.version()));
    }

    /** Moves a deal to a status and a place. */
    @Requires({Permission.PIPELINE_WRITE, Permission.CONTACT_READ})
    @PostMapping("/{id}/move")
    ResponseEntity<DealView.Shown> move(@PathVariable UUID id, IfMatch seen, @RequestBody Move request) {
        move.move(new MoveDeals.Move(id, status(request.statusId()), Optional.ofNullable(request.afterId()),
                Optional.ofNullable(request.beforeId()), Optional.ofNullable(request.lossReasonId())), seen::mustBe);
        return answer(id);
    }

    /** Moves several to the top of one status, each for itself. */
    @Requires(Permission.PIPELINE_WRITE)
    @PostMapping("/move")
    Page<MoveDeals.Result> moveMany(@RequestBody MoveMany request) {
        var items = request.items() == null ? List.<Item>of() : request.items();
        if (items.isEmpty() || items.size() > MOST_AT_ONCE) {
            throw Refusal.invalid("items", "length", "Say 1 to " + MOST_AT_ONCE + " of them.");
        }
        var ids = new HashSet<UUID>();
        for (var item : items) {
            if (item == null || item.dealId() == null) throw Refusal.invalid("items", "required", "Each names a deal.");
            if (!ids.add(item.dealId())) throw Refusal.invalid("items", "repeated", "Each deal is named once.");
        }
        return Page.whole(move.moveAll(items.stream()
                .map(item -> new MoveDeals.Item(item.dealId(), Optional.ofNullable(item.version()))).toList(),
                status(request.statusId()), Optional.ofNullable(request.lossReasonId())));
    }

    /** Says what a deal is worth; {@code value: null} means that nobody knows. */
    @Requires({Permission.PIPELINE_WRITE, Permission.CONTACT_READ})
    @PutMapping("/{id}/value")
    ResponseEntity<DealView.Shown> value(@PathVariable UUID id, IfMatch seen, @RequestBody NewValue request) {
        move.value(id, Optional.ofNullable(request.value()), seen::mustBe);
        return answer(id);
    }

    /** Takes a contact out of a pipeline. */
    @Requires({Permission.PIPELINE_WRITE, Permission.CONTACT_READ})
    @PostMapping("/{id}/leave")
    ResponseEntity<DealView.Shown> leave(@PathVariable UUID id, IfMatch seen) {
        move.leave(id, seen::mustBe);
        return answer(id);
    }

    private ResponseEntity<DealView.Shown> answer(UUID id) {
        var deal = find(id);
        return IfMatch.ok(deal.version(), deal);
    }

    private DealView.Shown find(UUID id) {
        return view.find(id).orElseThrow(() -> Refusal.notFound("deal"));
    }

    private static UUID status(UUID given) {
        if (given == null) throw Refusal.invalid("statusId", "required", "Say to which status.");
        return given;
    }
}

package com.ventros.crm.demo;

import com.ventros.crm.pipelines.DealView;
import com.ventros.crm.pipelines.DefinePipelines;
import com.ventros.crm.pipelines.DefinePipelines.NewStatus;
import com.ventros.crm.pipelines.DefinePipelines.ShownStatus;
import com.ventros.crm.pipelines.MoveDeals;
import com.ventros.crm.pipelines.PipelineId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** The board of the demo shop: whoever writes for the first time gets a card, which moves on with each answer of the colleague. */
@Component
@Profile("demo")
class DemoBoard {

    private static final List<NewStatus> STATUSES = List.of(
            new NewStatus("Novo contato", "open", "#868e96"),
            new NewStatus("Em atendimento", "open", "#1c7ed6"),
            new NewStatus("Orçamento enviado", "open", "#f59f00"),
            new NewStatus("Vendido", "won", "#2f9e44"),
            new NewStatus("Perdido", "lost", "#e03131"));

    /** What the colleague says that things cost, in centavos. */
    private static final MoveDeals.Value PRICE = new MoveDeals.Value(129_90L, "BRL");

    private final DefinePipelines pipelines;
    private final DealView deals;
    private final MoveDeals moveDeals;
    private volatile Optional<UUID> own = Optional.empty();

    DemoBoard(DefinePipelines pipelines, DealView deals, MoveDeals moveDeals) {
        this.pipelines = pipelines;
        this.deals = deals;
        this.moveDeals = moveDeals;
    }

    /** Makes the pipeline of the bound tenant's demo; none where people have some of their own. */
    Optional<UUID> open() {
        if (!pipelines.list(Optional.empty()).isEmpty()) return Optional.empty();
        own = Optional.of(pipelines.define(
                new DefinePipelines.New(Optional.empty(), "Vendas", STATUSES, Optional.empty(), true)).id());
        return own;
    }

    /** The pipeline that an earlier start made, unless it was archived since. */
    Optional<UUID> reopen(String made) {
        own = pipelines.list(Optional.empty()).stream().filter(one -> !one.archived()).map(DefinePipelines.Shown::id)
                .filter(id -> id.toString().equals(made)).findFirst();
        return own;
    }

    /** The contact's card goes to the next status; from the sale back to the first, since customers come again. */
    void moveOn(UUID contact) {
        var card = deals.ofContact(contact, 1, Optional.empty()).stream()
                .filter(deal -> deal.leftAt().isEmpty() && own.filter(deal.pipelineId()::equals).isPresent()).findFirst();
        if (card.isEmpty()) return;
        // A loss asks for its reason, which only people know.
        var way = pipelines.get(new PipelineId(card.get().pipelineId())).statuses().stream()
                .filter(status -> !status.archived() && !status.kind().equals("lost")).map(ShownStatus::id).toList();
        var next = way.get((way.indexOf(card.get().statusId()) + 1) % way.size());
        if (card.get().value().isEmpty()) moveDeals.value(card.get().id(), Optional.of(PRICE), _ -> {});
        moveDeals.move(new MoveDeals.Move(card.get().id(), next, Optional.empty(), Optional.empty(), Optional.empty()), _ -> {});
    }
}

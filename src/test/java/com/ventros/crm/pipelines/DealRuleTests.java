package com.ventros.crm.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import com.ventros.crm.contacts.ContactId;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Uuids;
import com.ventros.crm.pipelines.Deal.Because;
import com.ventros.crm.pipelines.Deal.Worth;
import com.ventros.crm.pipelines.DealEvent.DealLost;
import com.ventros.crm.pipelines.DealEvent.DealReopened;
import com.ventros.crm.pipelines.DealEvent.DealWon;
import com.ventros.crm.pipelines.DealEvent.EnteredPipeline;
import com.ventros.crm.pipelines.DealEvent.ExitedPipeline;
import com.ventros.crm.pipelines.DealEvent.PipelineStatusChanged;
import com.ventros.crm.pipelines.Pipeline.Kind;
import com.ventros.crm.pipelines.Pipeline.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DealRuleTests {

    private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");

    /**
     * Whatever is tried, in whatever order and with clocks that differ: a card is where its last event says, got there only
     * where the pipeline leads, a loss has one of its reasons, and the seconds told add up to the time that passed.
     */
    @Test
    void aDealGoesOnlyWhereItsPipelineLeads() {
        for (int seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            var pipeline = pipeline(random);
            var deal = Deal.enter(pipeline, ContactId.create(), pipeline.statuses().getFirst(), rank(), Optional.empty(), START);
            var told = new ArrayList<>(deal.takeEvents());
            long seconds = 0;
            int refused = 0;
            for (int step = 0; step < 60; step++) {
                var before = deal.place();
                var since = deal.statusSince();
                var wasLeft = deal.left();
                var now = START.plusSeconds(step * 60L + random.nextInt(-120, 120));
                var to = pipeline.statuses().get(random.nextInt(pipeline.statuses().size()));
                var reason = random.nextBoolean() ? Optional.<UUID>empty() : Optional.of(random.nextInt(4) == 0
                        ? Uuids.v7() : pipeline.lossReasons().get(random.nextInt(pipeline.lossReasons().size())).id());
                int what = random.nextInt(20);
                try {
                    if (what == 0) deal.leave(random.nextBoolean() ? Because.LEFT : Because.CONTACT_DELETED, now);
                    else if (what <= 3) deal.comeBack(pipeline.statuses().getFirst(), rank(), now);
                    else if (what == 4) deal.value(Optional.of(new Worth(random.nextInt(1000), Currency.getInstance("BRL"))));
                    else if (what == 5) deal.reorder(pipeline, Rank.between(Optional.of(deal.place().rank()), Optional.empty()));
                    else if (!to.id().equals(before.status())) deal.move(pipeline, to, rank(), reason, now);
                } catch (Refusal no) {
                    refused++;
                    assertThat(deal.takeEvents()).as("what is refused raises nothing").isEmpty();
                    assertThat(deal.place()).isEqualTo(before);
                    assertThat(deal.statusSince()).isEqualTo(since);
                    assertThat(deal.left()).isEqualTo(wasLeft);
                    continue;
                }
                for (var event : deal.takeEvents()) {
                    told.add(event);
                    assertThat(event.card().statusId()).isEqualTo(deal.place().status());
                    assertThat(event.card().statusSince()).isEqualTo(deal.statusSince());
                    switch (event) {
                        case PipelineStatusChanged moved -> {
                            seconds += moved.secondsInStatus();
                            var from = pipeline.status(moved.fromStatusId());
                            assertThat(from.leadsTo(moved.card().statusId())).isTrue();
                            assertThat(pipeline.status(moved.card().statusId()).present()).isTrue();
                            assertThat(wasLeft).isEmpty();
                        }
                        case ExitedPipeline left -> seconds += left.secondsInStatus();
                        case DealWon _ -> assertThat(deal.place().kind()).isEqualTo(Kind.WON);
                        case DealLost lost -> assertThat(lost.reason()).isPresent();
                        case DealReopened _ -> assertThat(deal.place().kind()).isEqualTo(Kind.OPEN);
                        default -> { }
                    }
                }
                assertThat(deal.statusSince()).isAfterOrEqualTo(since);
                assertThat(deal.lossReason().isPresent()).isEqualTo(deal.place().kind() == Kind.LOST && deal.left().isEmpty()
                        || deal.left().isPresent() && deal.lossReason().isPresent());
            }
            var entered = told.stream().filter(EnteredPipeline.class::isInstance).count();
            var left = told.stream().filter(ExitedPipeline.class::isInstance).count();
            assertThat(entered - left).as("inside, or not").isEqualTo(deal.left().isEmpty() ? 1 : 0);
            assertThat(seconds).as("seed " + seed).isBetween(0L, 62 * 60L);
            assertThat(refused).isPositive();
        }
    }

    /** Clocks that go back make no time: what passed in all statuses is what passed from entering to leaving. */
    @Test
    void theTimesInAllStatusesAddUp() {
        var pipeline = pipeline(new Random(7));
        var open = pipeline.statuses().stream().filter(status -> status.present() && status.next().isEmpty()).toList();
        var deal = Deal.enter(pipeline, ContactId.create(), pipeline.statuses().getFirst(), rank(), Optional.empty(), START);
        var times = List.of(START.plusSeconds(100), START.plusSeconds(40), START.plusSeconds(500));
        long seconds = 0;
        for (var at : times) {
            var to = open.stream().filter(status -> !status.id().equals(deal.place().status())
                    && status.kind() == Kind.OPEN).findFirst().orElseThrow();
            deal.move(pipeline, to, rank(), Optional.empty(), at);
        }
        deal.leave(Because.LEFT, START.plusSeconds(900));
        for (var event : deal.takeEvents()) {
            if (event instanceof PipelineStatusChanged moved) seconds += moved.secondsInStatus();
            if (event instanceof ExitedPipeline left) seconds += left.secondsInStatus();
        }
        assertThat(seconds).isEqualTo(900);
    }

    private static Pipeline pipeline(Random random) {
        var pipeline = Pipeline.create(ProjectId.create(), "Vendas", START);
        for (int i = 0; i < 6; i++) {
            pipeline.addStatus(Uuids.v7(), "Status " + i, i < 4 ? Kind.OPEN : i == 4 ? Kind.WON : Kind.LOST, "#1c7ed6");
        }
        pipeline.addLossReason(Uuids.v7(), "Preço");
        pipeline.addLossReason(Uuids.v7(), "Prazo");
        var ids = pipeline.statuses().stream().map(Status::id).toList();
        for (var id : ids.subList(3, 6)) {
            pipeline.leadTo(id, Optional.of(ids.stream().filter(_ -> random.nextInt(3) == 0).toList()));
        }
        pipeline.archiveStatus(ids.get(3), true, START);
        pipeline.takeEvents();
        return pipeline;
    }

    private static Rank rank() {
        return Rank.between(Optional.empty(), Optional.empty());
    }
}

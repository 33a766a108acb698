package com.ventros.crm.pipelines;

import com.ventros.crm.contacts.ContactId;
import com.ventros.crm.contacts.HeldRows;
import com.ventros.crm.contacts.HeldRows.Held;
import com.ventros.crm.contacts.PersonalData;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The deals of a person. Those that stand on a board leave it first, so that its columns count what is there. */
@Component
class DealsOfPerson implements PersonalData {

    private static final List<Held> HELD = List.of(
            Held.row("deal_stay", "t.deal_id in (select id from deal where whole_id = any (:contacts))"),
            Held.aggregate("deal", "t.whole_id = any (:contacts)"));

    private final HeldRows rows;
    private final Deals deals;
    private final Pipelines pipelines;

    DealsOfPerson(HeldRows rows, Deals deals, Pipelines pipelines) {
        this.rows = rows;
        this.deals = deals;
        this.pipelines = pipelines;
    }

    @Override
    public Map<String, List<JsonNode>> of(Person person) {
        return rows.read(HELD, person);
    }

    @Override
    public Removed erase(Person person) {
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        for (var deal : deals.ofWholesForUpdate(person.contacts().stream().map(ContactId::new).toList())) {
            if (deal.left().isPresent()) continue;
            deal.leave(Deal.Because.LEFT, now);
            deals.save(deal, pipelines.find(deal.pipeline).orElseThrow().project, now);
        }
        return rows.delete(HELD, person);
    }
}

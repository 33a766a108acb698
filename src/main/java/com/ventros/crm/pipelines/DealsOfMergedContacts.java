package com.ventros.crm.pipelines;

import com.ventros.crm.contacts.ContactId;
import com.ventros.crm.contacts.ContactReferences;
import com.ventros.crm.events.Cause;
import com.ventros.crm.pipelines.Deal.Because;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Two contacts were one person all along: in each pipeline one card stays, the survivor's own before others. */
@Component
class DealsOfMergedContacts implements ContactReferences {

    private record Seat(PipelineId pipeline, ContactId contact) {}

    private final Deals deals;
    private final Pipelines pipelines;
    private final JdbcClient db;

    DealsOfMergedContacts(Deals deals, Pipelines pipelines, JdbcClient db) {
        this.db = db;
        this.deals = deals;
        this.pipelines = pipelines;
    }

    @Override
    public void moved(Map<ContactId, ContactId> survivors, Cause cause) {
        var concerned = new HashSet<>(survivors.keySet());
        concerned.addAll(survivors.values());
        var all = deals.ofContactsForUpdate(concerned);
        if (all.isEmpty()) return;
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        var taken = new HashSet<Seat>();
        for (var deal : all) {
            if (!survivors.containsKey(deal.contact()) && deal.left().isEmpty()) taken.add(new Seat(deal.pipeline, deal.contact()));
        }
        cause.run(() -> {
            for (var deal : all) {
                var survivor = survivors.get(deal.contact());
                if (survivor == null || deal.left().isPresent()) continue;
                if (taken.add(new Seat(deal.pipeline, survivor))) deal.belongTo(survivor);
                else deal.leave(Because.MERGED, now);
                deals.save(deal, pipelines.find(deal.pipeline).orElseThrow().project, now);
            }
        });
        survivors.forEach(deals::moveOver);
    }

    @Override
    public Map<String, Long> held(ContactId contact) {
        return Map.of("deals", db.sql("""
                select count(*) from deal where whole_id = :contact
                """).param("contact", contact.value()).query(Long.class).single());
    }

    @Override
    public Set<ContactId> known(Collection<ContactId> contacts) {
        return Set.copyOf(db.sql("select distinct whole_id from deal where whole_id = any (:contacts)")
                .param("contacts", contacts.stream().map(ContactId::value).toArray(UUID[]::new))
                .query((row, _) -> new ContactId(row.getObject("whole_id", UUID.class))).list());
    }
}

package com.ventros.crm.contacts.flow;

import com.ventros.crm.events.Envelope;
import com.ventros.crm.events.EventConsumer;
import com.ventros.crm.events.OnReplay;
import com.ventros.crm.events.ReadModels;
import com.ventros.crm.tenancy.Tenancy;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps what happened with each contact. Messages appear as the sessions they make up, not one by one: the
 * conversation itself shows them.
 */
@Component
class Timeline implements EventConsumer {

    private final JdbcClient db;
    private final ReadModels models;

    Timeline(JdbcClient db, ReadModels models) {
        this.db = db;
        this.models = models;
    }

    @Override
    public String name() {
        return "timeline";
    }

    @Override
    public Set<String> patterns() {
        return Set.of("contact.#", "note.#", "session.#", "tracking.#", "call.#");
    }

    @Override
    public OnReplay onReplay() {
        return new OnReplay.Rebuild("timeline_entry");
    }

    @Override
    public void handle(List<Envelope> events) {
        var ofContacts = events.stream().filter(event -> event.data().path("contactId").isString()).toList();
        if (ofContacts.isEmpty()) return;
        // An event may still name somebody who turned out to be somebody else since; a contact that is gone has none. The foreign key
        // holds the contacts in this order, which is that of a merge.
        db.sql("""
                insert into timeline_entry (tenant_id, generation, id, contact_id, type, at, data)
                select :tenant, g.generation, e.id, c.id, e.type, e.at, e.data
                  from unnest(:ids::uuid[], :contacts::uuid[], :types::text[], :times::timestamptz[], :data::jsonb[])
                    e (id, contact_id, type, at, data)
                  left join contact_merge m on m.absorbed_id = e.contact_id
                  join contact c on c.id = case when m.survivor_id is null then e.contact_id else m.survivor_id end
                 cross join unnest(:generations::int[]) g (generation)
                 order by c.id
                    on conflict do nothing
                """)
                .param("tenant", Tenancy.current().value())
                .param("generations", models.generations(name()))
                .param("ids", ofContacts.stream().map(Envelope::id).toArray(UUID[]::new))
                .param("contacts", ofContacts.stream().map(event -> UUID.fromString(event.data().get("contactId").asString()))
                        .toArray(UUID[]::new))
                .param("types", ofContacts.stream().map(Envelope::type).toArray(String[]::new))
                .param("times", ofContacts.stream().map(event -> event.occurredAt().toString()).toArray(String[]::new))
                .param("data", ofContacts.stream().map(event -> event.data().toString()).toArray(String[]::new))
                .update();
    }
}

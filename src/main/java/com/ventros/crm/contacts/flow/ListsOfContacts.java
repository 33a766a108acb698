package com.ventros.crm.contacts.flow;

import com.ventros.crm.contacts.KeepContactLists;
import com.ventros.crm.contacts.KeepContactLists.Merge;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Envelope;
import com.ventros.crm.events.EventConsumer;
import com.ventros.crm.events.OnReplay;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Lists follow what happens with contacts. What counts is how a contact is now, in whatever order the news arrives. */
@Component
class ListsOfContacts implements EventConsumer {

    private final KeepContactLists lists;

    ListsOfContacts(KeepContactLists lists) {
        this.lists = lists;
    }

    @Override
    public String name() {
        return "contact-lists";
    }

    @Override
    public Set<String> patterns() {
        return Set.of("contact.#", "deal.#", "session.#", "contact_list.created", "contact_list.updated", "custom_field.restored");
    }

    /** Looks again how the contacts are. */
    @Override
    public OnReplay onReplay() {
        return new OnReplay.Repeat();
    }

    @Override
    public void handle(List<Envelope> events) {
        var contacts = new LinkedHashSet<UUID>();
        var merged = new ArrayList<Merge>();
        var parted = new ArrayList<Merge>();
        var fresh = new LinkedHashSet<UUID>();
        var restored = new LinkedHashSet<UUID>();
        for (var event : events) {
            if (event.aggregateType().equals("contact_list")) fresh.add(event.aggregateId());
            if (event.data().path("contactId").isString()) contacts.add(uuid(event, "contactId"));
            switch (event.type()) {
                case "contact.merged" -> merged.add(new Merge(uuid(event, "contactId"), uuid(event, "absorbedId")));
                case "contact.merge_reversed" -> parted.add(new Merge(uuid(event, "contactId"), uuid(event, "otherId")));
                case "custom_field.restored" -> restored.add(event.aggregateId());
                default -> {}
            }
        }
        events.getLast().asCause(Actor.system(name())).run(() -> {
            if (!contacts.isEmpty()) lists.follow(contacts, merged, parted);
            fresh.forEach(lists::count);
            restored.forEach(lists::restored);
        });
    }

    private static UUID uuid(Envelope event, String field) {
        return UUID.fromString(event.data().get(field).asString());
    }
}

package com.ventros.crm.pipelines.flow;

import com.ventros.crm.contacts.ContactId;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.Envelope;
import com.ventros.crm.events.EventConsumer;
import com.ventros.crm.events.OnReplay;
import com.ventros.crm.pipelines.MoveDeals;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** A contact's cards go and come with it, and with the one that it is a part of. What counts is how the contact is now, in whatever order the news arrives. */
@Component
class OnContactDeletedOrRestored implements EventConsumer {

    private final MoveDeals deals;

    OnContactDeletedOrRestored(MoveDeals deals) {
        this.deals = deals;
    }

    @Override
    public String name() {
        return "deals-of-contacts";
    }

    @Override
    public Set<String> patterns() {
        return Set.of("contact.deleted", "contact.restored", "contact.merge_reversed");
    }

    /** Looks again how the contact is. */
    @Override
    public OnReplay onReplay() {
        return new OnReplay.Repeat();
    }

    @Override
    public void handle(List<Envelope> events) {
        var contacts = new LinkedHashMap<ContactId, Cause>();
        events.forEach(event ->
                contacts.putIfAbsent(new ContactId(event.aggregateId()), event.asCause(Actor.system(name()))));
        deals.follow(contacts);
    }
}

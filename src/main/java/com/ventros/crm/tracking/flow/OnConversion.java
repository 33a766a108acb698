package com.ventros.crm.tracking.flow;

import com.ventros.crm.contacts.ContactEvent.ContactMerged;
import com.ventros.crm.conversations.SessionEvent.SessionConverted;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Envelope;
import com.ventros.crm.events.EventConsumer;
import com.ventros.crm.events.OnReplay;
import com.ventros.crm.pipelines.DealEvent.DealWon;
import com.ventros.crm.tracking.Conversions;
import com.ventros.crm.tracking.Conversions.Subject;
import com.ventros.crm.tracking.Conversions.Told;
import com.ventros.crm.tracking.Conversions.Whole;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * A deal was won, or a session led to something: the first time it is a conversion, if an advertisement was before it. That two contacts are
 * one may show that there was.
 */
@Component
class OnConversion implements EventConsumer {

    private static final String WON = "deal.won";
    private static final String CONVERTED = "session.converted";
    private static final String MERGED = "contact.merged";

    private final Conversions conversions;

    OnConversion(Conversions conversions) {
        this.conversions = conversions;
    }

    @Override
    public String name() {
        return "conversions";
    }

    @Override
    public Set<String> patterns() {
        return Set.of(WON, CONVERTED, MERGED);
    }

    @Override
    public OnReplay onReplay() {
        return new OnReplay.Refuse("Meta would hear of what happened before anybody wanted it to.");
    }

    @Override
    public void handle(List<Envelope> events) {
        var merged = events.stream().filter(event -> event.type().equals(MERGED)).toList();
        var told = events.stream().filter(event -> !event.type().equals(MERGED)).map(this::told).toList();
        if (!told.isEmpty()) conversions.add(told);
        if (!merged.isEmpty()) conversions.merged(merged.stream().map(event -> new Whole(event.projectId().orElseThrow(),
                event.dataAs(ContactMerged.class).contactId(), event.asCause(Actor.system(name())))).toList());
    }

    private Told told(Envelope event) {
        var project = event.projectId().orElseThrow();
        var cause = event.asCause(Actor.system(name()));
        if (event.type().equals(WON)) {
            var won = event.dataAs(DealWon.class);
            return new Told(project, won.contactId(), Subject.DEAL, won.dealId(), won.card().statusSince(), won.card().amount(), won.card().currency(), cause);
        }
        var converted = event.dataAs(SessionConverted.class);
        return new Told(project, converted.contactId(), Subject.SESSION, converted.sessionId(), converted.convertedAt(), converted.amount(),
                converted.currency(), cause);
    }
}

package com.ventros.crm.tracking.flow;

import com.ventros.crm.conversations.MessageEvent.MessageCodeReceived;
import com.ventros.crm.conversations.TrackingEvent.AdClicked;
import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Envelope;
import com.ventros.crm.events.EventConsumer;
import com.ventros.crm.events.OnReplay;
import com.ventros.crm.tracking.RecordTouches;
import com.ventros.crm.tracking.RecordTouches.Told;
import com.ventros.crm.tracking.RecordTouches.Way;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** A message says by which link or advertisement its writer came; messages that say neither are never heard of here. */
@Component
class OnWayIn implements EventConsumer {

    private static final String CODE = "message.code_received";
    private static final String AD = "tracking.ad_clicked";

    private final RecordTouches touches;

    OnWayIn(RecordTouches touches) {
        this.touches = touches;
    }

    @Override
    public String name() {
        return "touches";
    }

    @Override
    public Set<String> patterns() {
        return Set.of(CODE, AD);
    }

    /** Finds the touches that it made before. */
    @Override
    public OnReplay onReplay() {
        return new OnReplay.Repeat();
    }

    @Override
    public void handle(List<Envelope> events) {
        var told = events.stream().flatMap(event -> told(event).stream()).toList();
        if (!told.isEmpty()) touches.handle(told);
    }

    private Optional<Told> told(Envelope event) {
        var project = event.projectId().orElseThrow();
        var cause = event.asCause(Actor.system(name()));
        if (event.type().equals(AD)) {
            var clicked = event.dataAs(AdClicked.class);
            return Optional.of(new Told(project, clicked.contactId(), clicked.messageId(), clicked.channelId(), clicked.at(),
                    new Way.Ad(clicked.ad()), cause));
        }
        var received = event.dataAs(MessageCodeReceived.class);
        return received.contactId().map(contact -> new Told(project, contact, received.messageId(), received.channelId(), received.at(),
                new Way.Link(received.code()), cause));
    }
}

package com.ventros.crm.realtime.flow;

import com.ventros.crm.events.Envelope;
import com.ventros.crm.events.EventConsumer;
import com.ventros.crm.events.OnReplay;
import com.ventros.crm.realtime.LiveEvents;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Whatever a screen may show goes into the tenant's live stream. */
@Component
class OnWhatScreensShow implements EventConsumer {

    private final LiveEvents live;

    OnWhatScreensShow(LiveEvents live) {
        this.live = live;
    }

    @Override
    public String name() {
        return "realtime";
    }

    /**
     * Accounts and keys are left out: they are nobody's business but the administrator's. Of notes there are mentions, and of
     * notifications all, for the member who is told, and that they were seen, for their other screens; of lists, who comes and goes, for whoever looks at one of them.
     */
    @Override
    public Set<String> patterns() {
        return Set.of("message.#", "chat.#", "label.#", "session.#", "contact.#", "channel.#", "call.#", "tracking.#",
                "pipeline.#", "status.#", "deal.#", "note.mentioned", "notification.#",
                "contact_list.contact_added", "contact_list.contact_removed");
    }

    @Override
    public OnReplay onReplay() {
        return new OnReplay.Refuse("screens would show as news what is long past.");
    }

    @Override
    public void handle(List<Envelope> events) {
        live.append(events);
    }
}

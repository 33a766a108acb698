package com.ventros.crm.conversations;

import com.ventros.crm.events.Upcaster;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Version 1 of {@code message.reacted} said by an empty emoji that a reaction was taken back; now there is none. */
@Component
final class ReactedUpcaster implements Upcaster {

    @Override
    public String type() {
        return "message.reacted";
    }

    @Override
    public int from() {
        return 1;
    }

    @Override
    public ObjectNode upcast(ObjectNode data) {
        if (data.path("emoji").asString("").isEmpty()) data.putNull("emoji");
        return data;
    }
}

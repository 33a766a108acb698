package com.ventros.crm.contacts;

import com.ventros.crm.events.Upcaster;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Until version 2, whatever else was known of somebody new was told by events of its own, which follow. */
@Component
final class CreatedUpcaster implements Upcaster {

    @Override
    public String type() {
        return "contact.created";
    }

    @Override
    public int from() {
        return 1;
    }

    @Override
    public ObjectNode upcast(ObjectNode data) {
        data.putNull("email");
        data.putNull("language");
        data.putArray("otherIdentities");
        data.putArray("tags");
        data.putArray("customFields");
        return data;
    }
}

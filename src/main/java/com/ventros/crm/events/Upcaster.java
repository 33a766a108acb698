package com.ventros.crm.events;

import tools.jackson.databind.node.ObjectNode;

/** Turns the data of an event's old version into the next one; readers only ever meet the newest. */
public interface Upcaster {

    /** The event type it knows. */
    String type();

    /** The version it reads; it writes the one after. */
    int from();

    /** The data in the next version. */
    ObjectNode upcast(ObjectNode data);
}

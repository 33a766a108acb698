package com.ventros.crm.tracking;

import com.ventros.crm.contacts.HeldRows;
import com.ventros.crm.contacts.HeldRows.Held;
import com.ventros.crm.contacts.PersonalData;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** By which ways a person came, and what that led to. That a link was opened is nobody's: it is only counted. */
@Component
class TouchesOfPerson implements PersonalData {

    private static final List<Held> HELD = List.of(Held.aggregate("tracking_touch", "t.whole_id = any (:contacts)"),
            Held.aggregate("tracking_conversion", "t.whole_id = any (:contacts)"));

    private final HeldRows rows;

    TouchesOfPerson(HeldRows rows) {
        this.rows = rows;
    }

    @Override
    public Map<String, List<JsonNode>> of(Person person) {
        return rows.read(HELD, person);
    }

    @Override
    public Removed erase(Person person) {
        return rows.delete(HELD, person);
    }
}

package com.ventros.crm.tracking;

import com.ventros.crm.contacts.ContactId;
import com.ventros.crm.contacts.ContactReferences;
import com.ventros.crm.events.Cause;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Two contacts were one person all along, who came by both their ways. */
@Component
class TouchesOfMergedContacts implements ContactReferences {

    private final JdbcClient db;

    TouchesOfMergedContacts(JdbcClient db) {
        this.db = db;
    }

    /** Along {@code tracking_touch_of} and {@code tracking_conversion_of}. */
    @Override
    public void moved(Map<ContactId, ContactId> survivors, Cause cause) {
        var pairs = List.copyOf(survivors.entrySet());
        for (var table : List.of("tracking_touch", "tracking_conversion")) {
            db.sql("update " + table + """
                     t set contact_id = n.id, whole_id = n.whole_id
                      from unnest(:from::uuid[], :to::uuid[]) p (old, new) join contact o on o.id = p.old join contact n on n.id = p.new
                     where t.whole_id = o.whole_id and t.contact_id = o.id
                    """)
                    .param("from", pairs.stream().map(pair -> pair.getKey().value()).toArray(UUID[]::new))
                    .param("to", pairs.stream().map(pair -> pair.getValue().value()).toArray(UUID[]::new)).update();
        }
    }

    @Override
    public Map<String, Long> held(ContactId contact) {
        return Map.of("touches", db.sql("select count(*) from tracking_touch where whole_id = :contact").param("contact", contact.value())
                .query(Long.class).single());
    }

    @Override
    public Set<ContactId> known(Collection<ContactId> contacts) {
        return Set.copyOf(db.sql("select distinct whole_id from tracking_touch where whole_id = any (:contacts)")
                .param("contacts", contacts.stream().map(ContactId::value).toArray(UUID[]::new))
                .query((row, _) -> new ContactId(row.getObject("whole_id", UUID.class))).list());
    }
}

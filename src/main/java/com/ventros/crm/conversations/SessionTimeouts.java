package com.ventros.crm.conversations;

import com.ventros.crm.contacts.ContactId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The silence that ends a session: the contact's (its pipeline's), else the channel's, else the project's. */
@Component
class SessionTimeouts {

    private final JdbcClient db;
    private final List<ContactTimeouts> contacts;

    SessionTimeouts(JdbcClient db, List<ContactTimeouts> contacts) {
        this.db = db;
        this.contacts = contacts;
    }

    /** What is known of the contacts themselves; where two know something, the longer silence. */
    Map<ContactId, Duration> ofContacts(Collection<ContactId> wanted) {
        var known = new HashMap<ContactId, Duration>();
        for (var source : contacts) {
            source.of(wanted).forEach((contact, silence) ->
                    known.merge(contact, silence, (a, b) -> a.compareTo(b) > 0 ? a : b));
        }
        return known;
    }

    Duration of(Chat chat) {
        var ofContact = chat.contact().map(contact -> ofContacts(List.of(contact)).get(contact));
        return ofContact.orElseGet(() -> Duration.ofMinutes(db.sql("""
                select coalesce(c.session_timeout_minutes, p.session_timeout_minutes)
                  from project p left join channel_profile c on c.channel_id = :channel
                 where p.id = :project
                """)
                .param("channel", chat.channel.value()).param("project", chat.project.value())
                .query(Integer.class).single()));
    }
}

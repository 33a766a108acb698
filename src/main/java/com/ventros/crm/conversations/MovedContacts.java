package com.ventros.crm.conversations;

import com.ventros.crm.contacts.ContactId;
import com.ventros.crm.contacts.ContactReferences;
import com.ventros.crm.events.Cause;
import com.ventros.crm.events.NewEvent;
import com.ventros.crm.events.Outbox;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Two contacts were one person all along: then so were their chats on one channel one chat. */
@Component
class MovedContacts implements ContactReferences {

    private final JdbcClient db;
    private final Chats chats;
    private final Sessions sessions;
    private final Outbox outbox;

    MovedContacts(JdbcClient db, Chats chats, Sessions sessions, Outbox outbox) {
        this.db = db;
        this.chats = chats;
        this.sessions = sessions;
        this.outbox = outbox;
    }

    @Override
    public void moved(Map<ContactId, ContactId> survivors, Cause cause) {
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        db.sql("""
                update call c set contact_id = p.new from unnest(:from::uuid[], :to::uuid[]) p (old, new)
                 where c.contact_id = p.old
                """)
                .param("from", Rows.uuids(List.copyOf(survivors.keySet()), ContactId::value))
                .param("to", Rows.uuids(List.copyOf(survivors.values()), ContactId::value)).update();

        var concerned = new HashSet<>(survivors.keySet());
        concerned.addAll(survivors.values());
        var ofOnePerson = new LinkedHashMap<Chats.WithContact, List<Chat>>();
        for (var chat : chats.lockOf(concerned)) {
            var contact = chat.contact().orElseThrow();
            ofOnePerson.computeIfAbsent(
                    new Chats.WithContact(chat.channel, survivors.getOrDefault(contact, contact)),
                    _ -> new ArrayList<>()).add(chat);
        }
        var kept = new ArrayList<Chat>();
        var absorbed = new LinkedHashMap<ChatId, Chat>();
        ofOnePerson.forEach((whose, same) -> {
            var chat = same.stream().min(Comparator.comparing(one -> one.id.value())).orElseThrow();
            if (!chat.contact().orElseThrow().equals(whose.contact())) chat.belongTo(whose.contact());
            for (var other : same) {
                if (other == chat) continue;
                chat.absorb(other);
                absorbed.put(other.id, chat);
            }
            kept.add(chat);
        });
        var events = new ArrayList<NewEvent>();
        if (!absorbed.isEmpty()) events.addAll(join(absorbed, cause, now));
        events.addAll(chats.update(kept.stream().filter(Chat::changed).toList(), now, _ -> cause));
        outbox.append(events);
    }

    @Override
    public Map<String, Long> held(ContactId contact) {
        return db.sql("""
                select count(distinct c.id) as chats, count(s.id) as sessions
                  from chat c left join session s on s.chat_id = c.id where c.whole_id = :contact
                """).param("contact", contact.value())
                .query((row, _) -> Map.of("chats", row.getLong("chats"), "sessions", row.getLong("sessions"))).single();
    }

    @Override
    public Set<ContactId> known(Collection<ContactId> contacts) {
        return Set.copyOf(db.sql("""
                select whole_id as id from chat where whole_id = any (:contacts)
                union select contact_id from call where contact_id = any (:contacts)
                """).param("contacts", Rows.uuids(List.copyOf(contacts), ContactId::value))
                .query((row, _) -> new ContactId(Rows.uuid(row, "id"))).list());
    }

    private List<NewEvent> join(Map<ChatId, Chat> absorbed, Cause cause, Instant now) {
        var targets = new HashMap<ChatId, Chat>();
        absorbed.values().forEach(chat -> targets.put(chat.id, chat));
        targets.putAll(absorbed);
        var byChat = sessions.ofChats(targets.keySet()).stream()
                .collect(Collectors.groupingBy(session -> targets.get(session.chat()), LinkedHashMap::new, Collectors.toList()));
        var saved = new ArrayList<Sessions.Saved>();
        byChat.forEach((chat, all) -> {
            var joined = new ChatSessions(chat.id, all);
            joined.join();
            joined.settle(now);
            saved.add(new Sessions.Saved(chat, cause, joined.present(), joined.absorbed()));
        });
        var events = sessions.save(saved);
        var pairs = List.copyOf(absorbed.entrySet());
        for (var table : List.of("message", "send_intent", "scheduled_message")) {
            db.sql("update " + table + """
                     t set chat_id = p.new from unnest(:from::uuid[], :to::uuid[]) p (old, new)
                     where t.chat_id = p.old
                    """)
                    .param("from", Rows.uuids(pairs, pair -> pair.getKey().value()))
                    .param("to", Rows.uuids(pairs, pair -> pair.getValue().id.value())).update();
        }
        chats.delete(absorbed.keySet());
        return events;
    }
}

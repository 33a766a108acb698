package com.ventros.crm.conversations;

import com.ventros.crm.events.Cause;
import com.ventros.crm.events.Outbox;
import com.ventros.crm.events.RecountedModel;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts anew what the inbox shows: what each chat keeps of its messages (how many are unread, which is the newest), and each of its sessions
 * (how many from whom, since when, how long people waited).
 */
@Component
class RecountInbox implements RecountedModel {

    private final JdbcClient db;
    private final Chats chats;
    private final Sessions sessions;
    private final Outbox outbox;
    private final TransactionTemplate transaction;

    RecountInbox(JdbcClient db, Chats chats, Sessions sessions, Outbox outbox, PlatformTransactionManager transactions) {
        this.db = db;
        this.chats = chats;
        this.sessions = sessions;
        this.outbox = outbox;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public String name() {
        return "inbox";
    }

    @Override
    public long rows() {
        return db.sql("select count(*) from chat").query(Long.class).single();
    }

    @Override
    public Page recount(UUID after, int most) {
        var page = transaction.<List<ChatId>>execute(_ -> chats.after(after, most));
        // Nobody waits for the look; what seems wrong may have been written meanwhile, and is looked at again while nobody writes it.
        var wrong = transaction.<List<ChatId>>execute(_ -> wrong(chats.find(page)).keySet().stream().map(chat -> chat.id).toList());
        var mended = wrong.isEmpty() ? 0 : transaction.<Integer>execute(_ -> mend(wrong));
        return new Page(page.size() < most ? Optional.empty() : Optional.of(page.getLast().value()), page.size(), mended);
    }

    private int mend(Collection<ChatId> ids) {
        var wrong = wrong(chats.lock(List.of(), List.of(), ids));
        wrong.keySet().forEach(Chat::mended);
        var saved = new ArrayList<Sessions.Saved>();
        wrong.forEach((chat, its) -> {
            if (!its.isEmpty()) saved.add(new Sessions.Saved(chat, Cause.current(), its, List.of()));
        });
        outbox.append(chats.update(wrong.keySet(), Instant.now().truncatedTo(ChronoUnit.MICROS), _ -> Cause.current()));
        outbox.append(sessions.save(saved));
        return wrong.size();
    }

    /** The chats that are not what was counted, each with those of its sessions that are not; all of them as they should be. */
    private Map<Chat, List<Session>> wrong(List<Chat> page) {
        var ids = page.stream().map(chat -> chat.id).toList();
        var counted = chats.counted(ids);
        var said = sessions.saidIn(ids);
        var ofChats = sessions.ofChats(ids).stream().collect(Collectors.groupingBy(Session::chat));
        var wrong = new LinkedHashMap<Chat, List<Session>>();
        for (var chat : page) {
            var its = ofChats.getOrDefault(chat.id, List.of()).stream()
                    .filter(session -> said.containsKey(session.id) && session.recounted(said.get(session.id))).toList();
            var now = counted.get(chat.id);
            boolean own = now != null && chat.recounted(now.unread(), now.last());
            if (own || !its.isEmpty()) wrong.put(chat, its);
        }
        return wrong;
    }
}
